"""The dietitian's sheet: diet, risks, nutrients in question, products against limits, guards, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from twitchwise.assess.types import Cause, Reason
from twitchwise.evidence.load import Evidence
from twitchwise.evidence.nutrient_types import UpperLimit
from twitchwise.plan.foods import ALLERGIES, NEEDS, fits, per_portion
from twitchwise.plan.guards import GUARDS, refusal
from twitchwise.plan.make import worthwhile
from twitchwise.plan.situation import Situation
from twitchwise.plan.supplements import ADULT, SHOWN_TIERS, amount, totals
from twitchwise.plan.types import Total
from twitchwise.report.build import NUTRIENTS
from twitchwise.report.diet_sheet import intake_lines
from twitchwise.report.doctor import FOOTER, finding_text, lab_lines, life, situation_of, who
from twitchwise.report.names import plain
from twitchwise.report.sheet_types import DietitianSheet, LabLine, NutrientRow, TotalRow
from twitchwise.report.timeline import complaints
from twitchwise.report.types import Report, Said, Share
from twitchwise.report.words import strength

if TYPE_CHECKING:
    from twitchwise.review import Review

ALSO = ("vitamin_b6_excess", "dehydration")
ASKED_FROM = 0.05  # from this share of being low a nutrient is in question
BODIES = ("US", "EU", "UK")
OWN_TAKINGS = ("b12_supplement", "vitamin_d_supplement", "magnesium_supplement", "b6_supplement")
RISKS = (
    "low_sun covered_skin dark_skin high_latitude_winter obesity underweight heat endurance water_excess low_fluids "
    "nicotine"
).split()
# guards on what a person eats, drinks or takes; the others are about stretching and the like
EATEN = (
    "potassium",
    "calcium",
    "fluids",
    "salt",
    "doses",
    "leafy_greens",
    "alcohol",
    "prescribed_b6",
    "blood_before_b12",
)
OTHER_GUARDED = {"sodium_deficiency": "salt", "dehydration": "fluids"}
HABITS = ("caffeine", "alcohol", "fluids", "sun", "exercise")
NO_LIMITS = "Limits for adults do not hold under 16 or in pregnancy, so none are shown."
NOT_READ = (
    "The record holds no diary that could be read, so no intake has been worked out. What is not known is not zero."
)
DIARY = (
    "Write down all food and drink for three ordinary days, one of them at the weekend.",
    "Every product with its label: name, amount of each mineral and vitamin, how often.",
    "Drinks: water, coffee, tea, cola, energy drinks, alcohol; how much and when.",
)
WORDS = {
    "within": "within the limits of our data",
    "above_lowest": "ABOVE the lowest limit",
    "above_all": "ABOVE every limit",
    "no_limit": "no limit is set in our data",
    "unknown": "amount not stated: read the label",
}


def _in_question(cause: Cause, situation: Situation) -> bool:
    """Say whether a nutrient may be low, explains something, or was measured out of range."""
    need = next((n for n in NEEDS.values() if n.cause == cause.id), None)
    measured = need is not None and (situation.is_low(*need.analytes) or situation.is_high(*need.analytes))
    pattern = need is not None and any(p in situation.obs.risks for p in need.patterns)
    return measured or pattern or cause.present.p >= ASKED_FROM or cause.explains.p >= 0.01


def _nutrient(cause: Cause, review: Review, evidence: Evidence) -> NutrientRow:
    def said(signed: str, reasons: Iterable[Reason]) -> Iterator[Said]:
        for reason in reasons:
            text = plain(reason.text, review.observations, evidence)
            yield Said(f"{signed} ({strength(reason.bits)}): {text}", reason.cites, reason.basis == "elicited")

    return NutrientRow(
        cause.id,
        cause.name,
        Share(cause.present.low, cause.present.high),
        Share(cause.explains.low, cause.explains.high),
        cause.verdict,
        (*said("for", cause.reasons_for[:3]), *said("against", cause.reasons_against[:3])),
    )


def _nutrients(review: Review, situation: Situation) -> tuple[tuple[NutrientRow, ...], tuple[str, ...]]:
    """Part the nutrients: those in question as rows, the others as names."""
    causes = [c for c in review.assessment.causes if c.id in (*NUTRIENTS, *ALSO)]
    asked = [c for c in causes if _in_question(c, situation)]
    rows = tuple(_nutrient(c, review, situation.evidence) for c in asked)
    return rows, tuple(c.name for c in causes if c not in asked)


def _pattern(review: Review, evidence: Evidence) -> tuple[str, ...]:
    """Say how the person eats: as written, what was understood, what is left out."""
    diet, obs = review.record.diet, review.observations
    written = [f"written: {diet.pattern}"] if diet.pattern else []
    written += [f"note: {diet.note}"] if diet.note else []
    known = [evidence.risks[r].name for r in sorted(obs.risks) if r in evidence.risks]
    kinds = {evidence.risks[r].name: evidence.risks[r].kind for r in obs.risks if r in evidence.risks}
    takes = {evidence.risks[r].name for r in OWN_TAKINGS if r in evidence.risks}
    understood = [f"understood: {name}" for name in known if kinds[name] == "diet" and name not in takes]
    said = [f"{f.id} {f.said}".lower() for f in obs.factors if f.present]
    avoids = [tag for tag, words in ALLERGIES.items() if any(word in text for text in said for word in words)]
    left_out = [f"leaves out: {tag.replace('contains_', '').replace('_', ' ')}" for tag in avoids]
    return tuple(dict.fromkeys([*written, *understood, *left_out]))


def _risks(review: Review, evidence: Evidence) -> tuple[str, ...]:
    """List what can drain or block nutrients: sun, gut, kidney, procedures, habits."""
    obs = review.observations
    found = [evidence.risks[r].name for r in RISKS if r in obs.risks and r in evidence.risks]
    kinds = ("condition", "procedure", "exposure")
    targets = {*NUTRIENTS, *ALSO, "malabsorption", "kidney_disease"}
    for factor in obs.factors:
        known = evidence.factors.get(factor.id)
        if not factor.present or factor.kind not in kinds or known is None:
            continue
        lost = [evidence.nodes[r.target].name for r in known.leads_to if r.target in targets]
        lost += [evidence.nodes[s.node].name for s in known.sets if s.node in targets]
        names = ", ".join(dict.fromkeys(lost))
        found += [f"{factor.said or known.name}: {names}"] if names else []
    return tuple(dict.fromkeys(found))


def _interactions(review: Review, evidence: Evidence) -> tuple[Said, ...]:
    """Say what the medicines do to nutrients, and how far apart minerals are to be taken."""
    obs = review.observations
    made: dict[str, Said] = {}
    targets = {*NUTRIENTS, *ALSO}
    for factor in obs.factors:
        known = evidence.factors.get(factor.id)
        if not factor.present or factor.kind != "medicine" or known is None:
            continue
        for lead in known.leads_to:
            fact = lead.p or lead.odds
            if fact is not None and lead.target in targets:
                text = f"{factor.said or known.name} can lead to {evidence.nodes[lead.target].name}"
                made.setdefault(text, Said(f"{text}.", (fact.cite,), fact.basis != "published"))
    return (*made.values(), *_spacing(review, evidence))


def _spacing(review: Review, evidence: Evidence) -> Iterator[Said]:
    """Give the advice on food and minerals that a medicine calls for, whether or not minerals are taken yet."""
    for block in sorted(evidence.advice.values(), key=lambda a: (a.order, a.id)):
        tags = {t for test in block.when if test.startswith("tag:") for t in test[4:].split("|")}
        if block.kind in ("supplement", "food") and not block.guards and tags & review.observations.tags:
            yield Said(f"{block.text} {block.why}", block.cites, block.basis == "elicited")
    if "warfarin" in review.observations.tags and "greens_steady" in evidence.advice:
        block = evidence.advice["greens_steady"]
        yield Said(f"{block.text} {block.why}", block.cites, block.basis == "elicited")


def _limit(limit: UpperLimit) -> Said:
    scope = {"supplements": "products only", "added_salts": "added salts only", "synthetic": "synthetic only"}
    aside = f" ({scope[limit.scope]})" if limit.scope in scope else ""
    return Said(f"{amount(limit.value, limit.unit.partition('/')[0])}{aside}", (limit.cite,))


def _limits(situation: Situation, nutrient: str) -> tuple[tuple[str, Said], ...]:
    """Return the limit of each body for an adult of this age; bodies without one are named too."""
    known = situation.evidence.nutrients.get(nutrient)
    age = max(situation.obs.age or ADULT, ADULT)
    found: list[tuple[str, Said]] = []
    for body in BODIES:
        fitting = [
            limit
            for limit in (known.upper_limits if known is not None else ())
            if limit.body == body
            and limit.who.age_from <= age < limit.who.age_to
            and limit.who.sex in ("", situation.obs.sex)
            and situation.evidence.sources[limit.cite.source].tier in SHOWN_TIERS
        ]
        found += [(body, _limit(fitting[0]))] if fitting else [(body, Said("none in our data"))]
    return tuple(found)


def _total(one: Total, situation: Situation) -> TotalRow:
    words = WORDS[one.verdict]
    limits = () if situation.no_doses else _limits(situation, one.nutrient)
    uk = dict(limits).get("UK")
    if uk is not None and uk.cites and one.verdict == "within" and one.amount > float(uk.text.split()[0]):
        words = WORDS["above_lowest"]
    if situation.no_doses:
        words = "ask the prescriber or a pharmacist"
    return TotalRow(one.name, f"{amount(one.amount, one.unit)} a day", one.products, one.unknown, limits, words)


def _totals(situation: Situation) -> tuple[TotalRow, ...]:
    """Make a row a nutrient; those of which no amount is known share a row for each product."""
    found = totals(situation)
    unread: dict[tuple[str, ...], list[str]] = {}
    for one in found:
        if one.amount <= 0:
            unread.setdefault(one.unknown, []).append(one.name)
    rows = [TotalRow(", ".join(names), "not stated", (), said, (), WORDS["unknown"]) for said, names in unread.items()]
    return (*(_total(one, situation) for one in found if one.amount > 0), *rows)


def _guards(situation: Situation) -> tuple[Said, ...]:
    """Say what must not be advised to this person, and why."""
    made = []
    for name in EATEN:
        reason = refusal(name, situation)
        if reason is not None:
            guard = GUARDS[name]
            own = all(c.source == "own_judgement" for c in guard.cites)
            made.append(Said(f"Do not advise {guard.withholds}: {reason}.", guard.cites, own))
    return tuple(made)


def _guarded(cause: str, situation: Situation) -> bool:
    """Say whether a guard holds advice on the nutrient of a cause back."""
    need = next((n for n in NEEDS.values() if n.cause == cause), None)
    guard = need.guard if need is not None else OTHER_GUARDED.get(cause, "")
    return bool(guard) and refusal(guard, situation) is not None


def _foods(review: Review, situation: Situation) -> tuple[tuple[Said, ...], str]:
    """List the portions of the plan; they have passed diet pattern, allergies and guards."""
    names = {nutrient: need.name for nutrient, need in NEEDS.items()}
    found = []
    for one in review.plan.foods:
        much = "" if situation.no_doses else f": {amount(one.amount, one.unit)}"
        found.append(Said(f"{names[one.nutrient]}: {one.name}, {one.portion}{much}", (one.cite,)))
    steps = [s for s in review.plan.steps if s.kind == "food" and not s.id.startswith(("food_", "greens_"))]
    found += [Said(f"{s.text} {s.why}", s.cites, s.basis == "elicited") for s in steps]
    if review.triage.level == "emergency":
        return (), "No food ideas while an emergency is open: medical care comes first."
    note = "" if found else "No food is suggested: no nutrient gives a reason to, or a guard holds it back."
    return tuple(found), note


def _diary(situation: Situation, rows: Iterable[NutrientRow]) -> tuple[str, ...]:
    """Say what to ask in a diary: foods that carry the nutrients in question and that the guards leave open."""
    lines = list(DIARY)
    asked = {row.id for row in rows}
    for nutrient, need in NEEDS.items():
        if need.cause not in asked or _guarded(need.cause, situation):
            continue
        foods = [f for f in situation.evidence.foods_rich.values() if per_portion(f, nutrient) >= need.enough]
        ordered = sorted(foods, key=lambda f: (-per_portion(f, nutrient), f.id))
        names = list(dict.fromkeys(f.name for f in ordered if fits(situation, f)))[:6]
        lines += [f"{need.name}: how often, and how much, of {', '.join(names)}?"] if names else []
    return tuple(lines)


def _labs(review: Review, evidence: Evidence) -> tuple[LabLine, ...]:
    """Keep the results that bear on nutrients, kidney or gut."""
    wanted = {*NUTRIENTS, *ALSO, "kidney_disease", "malabsorption"}
    near = {a.name for a in evidence.analytes.values() if any(t.node in wanted for t in a.truth)}
    near |= {evidence.analytes[a].name for need in NEEDS.values() for a in need.analytes if a in evidence.analytes}
    return tuple(line for line in lab_lines(review, evidence) if line.name in near)


def _ask(report: Report) -> tuple[Said, ...]:
    useful = [t for t in worthwhile(report.review.assessment.next_tests) if t.kind == "blood"]
    found = [Said(f"{t.name}: {t.why}") for t in useful]
    steps = [s for s in report.steps if s.kind == "test" and not s.id.startswith("test_most_")]
    return (*found, *(Said(f"{s.text} {s.why}", s.cites, s.basis == "elicited") for s in steps))


def _intake(review: Review) -> tuple[str | Said, ...]:
    habits = [text for text in life(review.record) if text.partition(":")[0] in HABITS]
    diary = review.record.diet.diary
    if review.diet is not None:
        return (*(f"stated, {text}" for text in habits), *intake_lines(review.diet))
    named = [f"a diary is named in the record: {diary}; it could not be read"] if diary else []
    return (*(f"stated, {text}" for text in habits), *named, NOT_READ)


def dietitian_sheet(report: Report, evidence: Evidence) -> DietitianSheet:
    """Make the dietitian's sheet from a report.

    Parameters: report; evidence, the curated facts. Returns: the sheet.
    """
    review = report.review
    situation = situation_of(review, evidence)
    rows, others = _nutrients(review, situation)
    foods, foods_note = _foods(review, situation)
    return DietitianSheet(
        on=review.on,
        who=who(review),
        level=report.level,
        sign=report.sign,
        headline=report.headline,
        complaints=tuple(finding_text(f, evidence) for f in complaints(review)),
        pattern=_pattern(review, evidence),
        risks=_risks(review, evidence),
        nutrients=rows,
        others=others,
        intake=_intake(review),
        totals=_totals(situation),
        totals_note=NO_LIMITS if situation.no_doses else "",
        foods=foods,
        foods_note=foods_note,
        guards=_guards(situation),
        interactions=_interactions(review, evidence),
        labs=_labs(review, evidence),
        ask=_ask(report),
        diary=_diary(situation, rows),
        not_used=report.not_used,
        sources=report.sources,
        footer=(f"Twitchwise, facts {review.evidence_version}, {review.on.isoformat()}.", FOOTER),
    )
