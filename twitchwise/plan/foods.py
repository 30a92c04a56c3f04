"""Plain foods that fit the person, only for a nutrient that is plausible or that the diet pattern needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twitchwise.evidence.more_types import Food
from twitchwise.evidence.types import Cite
from twitchwise.plan.guards import GUARDS, refusal
from twitchwise.plan.situation import Situation
from twitchwise.plan.supplements import amount
from twitchwise.plan.types import Portion, Refused, Step

MICROGRAMS = ("vitamin_d", "vitamin_b12")
POTASSIUM_PORTION = Cite("nephcure_low_potassium", "foods with high potassium content")
PORTIONS = 3


@dataclass(frozen=True, slots=True)
class Need:
    """A nutrient of the plan: its cause, its blood tests, the guard, the diet patterns that need it, its plain name."""

    name: str
    cause: str
    analytes: tuple[str, ...]
    guard: str = ""
    patterns: tuple[str, ...] = ()
    enough: float = 0.0  # a portion counts as rich from here on


NEEDS: Mapping[str, Need] = {
    "vitamin_b12": Need(
        "vitamin B12", "vitamin_b12_deficiency", ("vitamin_b12", "active_b12"), "", ("vegan", "fortified_vegan"), 0.4
    ),
    "magnesium": Need("magnesium", "magnesium_deficiency", ("magnesium", "red_cell_magnesium"), "potassium", (), 40),
    "calcium": Need(
        "calcium",
        "calcium_deficiency",
        ("calcium", "adjusted_calcium", "ionised_calcium"),
        "calcium",
        ("low_dairy",),
        120,
    ),
    "potassium": Need("potassium", "potassium_deficiency", ("potassium",), "potassium", (), 350),
    "vitamin_d": Need("vitamin D", "vitamin_d_deficiency", ("vitamin_d",), "calcium", ("low_sun", "covered_skin"), 1.0),
    "thiamine": Need("vitamin B1 (thiamine)", "thiamine_deficiency", ("thiamine",), "", (), 0.2),
    "vitamin_b6": Need("vitamin B6", "vitamin_b6_deficiency", ("vitamin_b6",), "", (), 0.3),
}
ALLERGIES = {
    "contains_nuts": ("nut allerg", "peanut allerg", "nut_allerg"),
    "gluten": ("coeliac", "celiac", "gluten"),
    "lactose": ("lactose", "milk allerg", "milk_allerg"),
    "fish": ("fish allerg", "fish_allerg"),
    "egg": ("egg allerg", "egg_allerg"),
    "soy": ("soy allerg", "soy_allerg"),
    "sesame": ("sesame",),
}


def wanted(situation: Situation, nutrient: str) -> str:
    """Say why foods with a nutrient belong in the plan.

    Parameters: situation, the person; nutrient, its id. Returns: "low" | "plausible" | "pattern" | "" for no reason.
    """
    need = NEEDS[nutrient]
    if situation.is_high(*need.analytes):
        return ""
    if situation.is_low(*need.analytes):
        return "low"
    if situation.plausible(need.cause):
        return "plausible"
    return "pattern" if any(p in situation.obs.risks for p in need.patterns) else ""


def _avoids(situation: Situation) -> set[str]:
    said = [f"{f.id} {f.said}".lower() for f in situation.obs.factors if f.present]
    tags = {tag for tag, words in ALLERGIES.items() if any(word in text for text in said for word in words)}
    if "low_dairy" in situation.obs.risks:
        tags.add("lactose")
    if refusal("leafy_greens", situation) is not None:
        tags.add("leafy")
    if situation.obs.age is not None and situation.obs.age < 5:
        tags.add("contains_nuts")  # whole nuts: a young child can choke
    return tags


def per_portion(food: Food, nutrient: str) -> float:
    """Return what a portion of a food brings of a nutrient; an unknown value counts as nothing.

    Parameters: food; nutrient, its id. Returns: mg, or micrograms for vitamin D and B12.

    >>> seeds = Food("seeds", "seeds", "a spoon", 10.0, POTASSIUM_PORTION, {"magnesium": 500.0})
    >>> per_portion(seeds, "magnesium")
    50.0
    """
    return food.per_100g.get(nutrient, 0.0) * food.portion_g / 100.0


def fits(situation: Situation, food: Food) -> bool:
    """Say whether a food fits diet pattern, allergies and guards of this person.

    Parameters: situation, the person; food. Returns: True when it does.
    """
    risks = situation.obs.risks
    if risks & {"vegan", "fortified_vegan"} and "vegan" not in food.tags:
        return False
    if "vegetarian" in risks and "vegetarian" not in food.tags:
        return False
    if set(food.tags) & _avoids(situation):
        return False
    if refusal("potassium", situation) is not None and per_portion(food, "potassium") > 200:
        return False
    if refusal("calcium", situation) is not None and (
        per_portion(food, "calcium") > 150 or per_portion(food, "vitamin_d") > 2
    ):
        return False
    return refusal("salt", situation) is None or per_portion(food, "sodium") <= 250


def portions(situation: Situation, nutrient: str) -> list[Portion]:
    """Choose a few portions that bring most of a nutrient, no food twice.

    Parameters: situation, the person; nutrient, its id. Returns: at most three portions, richest first.
    """
    need = NEEDS[nutrient]
    foods = [f for f in situation.evidence.foods_rich.values() if per_portion(f, nutrient) >= need.enough]
    chosen: dict[str, Portion] = {}
    for food in sorted(foods, key=lambda f: (-per_portion(f, nutrient), f.id)):
        family = food.id.split("_")[0]
        if len(chosen) < PORTIONS and family not in chosen and fits(situation, food):
            unit = "ug" if nutrient in MICROGRAMS else "mg"
            value = round(per_portion(food, nutrient), 1)
            chosen[family] = Portion(food.id, food.name, food.portion, nutrient, value, unit, food.cite)
    return list(chosen.values())


def _step(situation: Situation, nutrient: str, why: str, chosen: list[Portion]) -> Step:
    name = NEEDS[nutrient].name
    if situation.no_doses:
        foods = "; ".join(f"{p.name} ({p.portion})" for p in chosen)
    else:
        foods = "; ".join(f"{p.name} ({p.portion}: {amount(p.amount, p.unit)})" for p in chosen)
    reasons = {
        "low": f"Your {name} was low. Food helps to keep it up once it is treated.",
        "plausible": f"A lack of {name} is possible here. Food closes a small gap. It does not cure twitching.",
        "pattern": f"Your way of life brings little {name}. This is for your health, not a cure for twitching.",
    }
    cites = tuple(dict.fromkeys(p.cite for p in chosen))
    return Step("food", f"Foods with {name} that fit you: {foods}.", reasons[why], cites, f"food_{nutrient}", "derived")


def food_steps(situation: Situation) -> tuple[list[Step], list[Portion], list[Refused]]:
    """Choose foods for every nutrient with a reason, behind the guards.

    Parameters: situation, the person. Returns: steps, portions, and what was withheld.
    """
    steps: list[Step] = []
    all_portions: list[Portion] = []
    refused: list[Refused] = []
    for nutrient, need in NEEDS.items():
        why = wanted(situation, nutrient)
        reason = refusal(need.guard, situation) if why and need.guard else None
        if reason is not None:
            refused.append(Refused(f"foods chosen for {need.name}", need.guard, reason, GUARDS[need.guard].cites))
        chosen = portions(situation, nutrient) if why and reason is None else []
        if chosen:
            steps.append(_step(situation, nutrient, why, chosen))
            all_portions.extend(chosen)
    return steps[:2], [p for p in all_portions if f"food_{p.nutrient}" in {s.id for s in steps[:2]}], refused
