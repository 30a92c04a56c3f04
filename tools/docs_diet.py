"""The pages of what people eat: foods by group, reference values, measures, effects of intake, the day's plan, sun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html import escape
from typing import Any

from docs_tables import Page, Row, cited, fact_table, html_table, number, plain, relative, slug

from twitchwise.evidence import Evidence
from twitchwise.evidence.reference_types import ReferenceRow, ReferenceSet, ReferenceValues, Spread, Variation
from twitchwise.foods.load import curated
from twitchwise.foods.nutrients import COLUMN, NAMES
from twitchwise.foods.types import Food, FoodTable

# table of the data -> page below facts/diet; references have a page for each body
PLACES = {
    "intake_effects": "effects",
    "variation": "variation",
    "measures": "measures",
    "measure_sizes": "measures",
    "amount_errors": "measures",
    "densities": "measures",
    "food_measures": "measures",
    "additions": "measures",
    "screen_questions": "screen",
    "screen_base": "screen",
    "day_marks": "day-plan",
    "day_rules": "day-plan",
    "day_notes": "day-plan",
    "skin_types": "sun",
    "sun_rules": "sun",
}
SHOWN = ("energy", "magnesium", "calcium", "potassium", "sodium", "vitamin_d", "vitamin_b12", "caffeine")
ERRORS = {
    "weighed": "grams were written",
    "measured": "millilitres were written",
    "counted": "pieces were counted",
    "household": "a household measure was written",
    "guess": "no amount was written; the food has a usual portion",
    "blind": "no amount was written, and the food has no portion",
}
GROUPS = {
    "alcohol": "Drinks with alcohol",
    "bread": "Bread and rolls",
    "dairy_eggs": "Milk, cheese and eggs",
    "fats": "Fats and oils",
    "meat_free": "Meat-free products",
    "nuts_seeds": "Nuts and seeds",
    "plant_milks": "Plant drinks",
    "sauces_spices": "Sauces, spices and salt",
}


def places(evidence: Evidence) -> dict[tuple[str, str], str]:
    """Return for each item of each table the page and anchor where its facts stand."""
    found = {("references", k): f"facts/diet/needs-{k.lower()}.html" for k in evidence.references}
    for table, page in PLACES.items():
        found |= {(table, k): f"facts/diet/{page}.html#{slug(table, k)}" for k in getattr(evidence, table)}
    return found


def pages(evidence: Evidence) -> Iterator[Page]:
    """Yield every page of foods and of what is needed."""
    for body in evidence.references.values():
        yield needs(body, evidence)
    yield effects(evidence)
    yield variation(evidence)
    yield measures(evidence)
    yield screen(evidence)
    yield day_plan(evidence)
    yield sun(evidence)
    yield from foods(curated(), evidence)


def food_pages(table: FoodTable) -> Iterator[tuple[str, str, str]]:
    """Yield (source, page, title) for each source of the foods of each group, for the bibliography."""
    for group, members in by_group(table).items():
        for source in dict.fromkeys(food.cite.source for food in members):
            yield source, f"facts/foods/{group}.html", f"foods: {group_name(group).lower()}"


def nutrient_name(nutrient: str) -> str:
    """Return the plain name of a nutrient, as a heading begins."""
    name = NAMES.get(nutrient, nutrient.replace("_", " "))
    return name[:1].upper() + name[1:]


def people(row: ReferenceRow | Spread) -> str:
    """Say whom a value holds for.

    >>> people(ReferenceRow(1.0, 19.0, 31.0, "male"))
    '19 to under 31, male'
    """
    first = "under 1" if row.age_to <= 1 else f"from {row.age_from:g}" if row.age_to >= 200 else ""
    ages = first or f"{row.age_from:g} to under {row.age_to:g}"
    ages = "any age" if row.age_from <= 0 and row.age_to >= 200 else ages
    return ", ".join(x for x in (ages, row.sex, getattr(row, "state", "")) if x)


def needs(body: ReferenceSet, evidence: Evidence) -> Page:
    """Return the page of the reference values of one body of experts, a heading for each nutrient."""
    page = Page(f"facts/diet/needs-{body.id.lower()}", f"What a person needs: {body.name}")
    page.blocks.append(
        "Amounts a day. EAR and AR: half of people need no more. RDA, PRI and RNI: enough for nearly everybody. AI: "
        "enough for most, as far as is known. See {doc}`/glossary`. How they are used: {doc}`/model/diet`."
    )
    for nutrient in dict.fromkeys(table.nutrient for table in body.values):
        rows = [row for table in body.values if table.nutrient == nutrient for row in of_values(table)]
        rows += [of_spread(s) for s in body.spreads if s.nutrient == nutrient]
        page.blocks += [f"## {nutrient_name(nutrient)}", fact_table(rows, evidence, page.path)]
    return page


def of_values(table: ReferenceValues) -> Iterator[Row]:
    """Yield a row for each value; the table's own source stands with the first where all rows have another."""
    unit = f"{table.unit.replace('ug', 'µg')}{f' for each {table.per}' if table.per else ''}"
    own = all(row.cite is not None for row in table.rows)
    for place, row in enumerate(table.rows):
        sources = (row.cite or table.cite, *((table.cite,) if own and place == 0 else ()))
        yield Row(
            f"{table.kind}: {people(row)}",
            tuple(dict.fromkeys(sources)),
            f"{number(row.value)} {unit}",
            "",
            table.basis,
            row.status or table.status,
            table.note if place == 0 else "",
        )


def of_spread(spread: Spread) -> Row:
    """Return the row of how needs differ between people."""
    value = f"{spread.shape}{f', {100 * spread.cv:.0f} % of the average' if spread.cv else ''}"
    value += f", {len(spread.percentiles)} percentiles" if spread.percentiles else ""
    return Row(
        f"how needs differ: {people(spread)}",
        (spread.cite,),
        value,
        "",
        spread.basis,
        spread.status,
        spread.note,
    )


def effects(evidence: Evidence) -> Page:
    """Return the page of what a low intake says about the states of the body."""
    page = Page("facts/diet/effects", "What a low intake says about the body")
    page.blocks.append(
        "How much more common a state is in people with a low intake than in people with enough (odds ratio), and how "
        "common a low intake is. Low means: below the average requirement (EAR) of the US and Canada, or below the cut "
        "that is given. How these enter a review: {doc}`/model/diet`."
    )
    for key, one in evidence.intake_effects.items():
        rows = [cited(f"odds ratio for {evidence.nodes[one.node].name}", one.ratio, " × the odds")]
        rows.append(cited("share of adults with a low intake", one.share))
        rows += [cited("counts as low below", one.cut)] if one.cut else []
        heading = f"({slug('intake_effects', key)})=\n## {nutrient_name(one.nutrient)}"
        page.blocks += [heading, fact_table(rows, evidence, page.path)]
    return page


def variation(evidence: Evidence) -> Page:
    """Return the page of how intakes differ from day to day and between people."""
    page = Page("facts/diet/variation", "How intakes vary")
    page.blocks.append(
        "From two days of many people. The figures stand on the scale ((x ^ power) − 1) / power, on which days are "
        "spread evenly to both sides. *Within*: from day to day in one person. *Between*: between people's "
        "usual intakes. Both are standard deviations."
    )
    for key, one in evidence.variation.items():
        page.blocks += [f"({slug('variation', key)})=\n## {nutrient_name(key)}", *of_variation(one, evidence, page)]
    return page


def of_variation(one: Variation, evidence: Evidence, page: Page) -> Iterator[str]:
    """Yield where the figures of a nutrient come from, then its groups."""
    what = f"people, means and standard deviations; in {one.unit.replace('ug', 'µg')}, power {one.power:g}"
    yield fact_table([Row(what, (one.cite,), "", "", one.basis, one.status)], evidence, page.path)
    rows = [
        (
            escape(people(ReferenceRow(0.0, g.age_from, g.age_to, g.sex))),
            f"{g.people:,}",
            number(g.mean),
            number(g.within),
            number(g.between),
        )
        for g in one.groups
    ]
    yield html_table(("who", "people", "mean", "within", "between"), rows, "numbers")


def anchored(table: str, rows: Iterable[tuple[str, Row]]) -> list[Row]:
    """Give each row the anchor of its item."""
    return [replace(row, anchor=slug(table, key)) for key, row in rows]


def listing(page: Page, evidence: Evidence, table: str, heading: str, row_of: Callable[[Any], Row]) -> None:
    """Add a heading and a table with one row for each item of a table of the data."""
    rows = anchored(table, ((key, row_of(one)) for key, one in getattr(evidence, table).items()))
    page.blocks += [f"## {heading}", fact_table(rows, evidence, page.path)]


def measures(evidence: Evidence) -> Page:
    """Return the page of household measures: how words of a diary become grams."""
    page = Page("facts/diet/measures", "How words become grams")
    page.blocks.append(
        "A food's own portions go first (see the pages of foods). These tables serve where a food has none. The "
        "interval is the 90 % interval of one person's measure."
    )
    listing(page, evidence, "measures", "Measures", of_measure)
    listing(page, evidence, "measure_sizes", "Small and large", lambda w: cited(", ".join(w.names), w.factor, " ×"))
    listing(page, evidence, "amount_errors", "How far off an amount may be (standard deviation of the logarithm)",
            lambda e: cited(ERRORS[e.id], e.sd))  # fmt: skip
    listing(page, evidence, "densities", "Grams in a millilitre", lambda d: cited(", ".join(d.foods), d.value))
    listing(page, evidence, "food_measures", "What a measure means for some foods",
            lambda f: cited(f"{f.size} {f.measure or 'one'}: {', '.join(f.foods)}".strip(), f.amount))  # fmt: skip
    listing(page, evidence, "additions", "What people put on or into a food",
            lambda a: cited(f"{', '.join(a.adds)} on or in {', '.join(a.to)}", a.amount))  # fmt: skip
    return page


def of_measure(one: Any) -> Row:
    """Return the row of a measure; a piece weighs what the food's own portion says."""
    names = f"{', '.join(one.names)} ({one.kind})"
    return cited(names, one.size) if one.size else Row(f"{names}: as the food's portion says", ())


def screen(evidence: Evidence) -> Page:
    """Return the page of the twelve questions."""
    page = Page("facts/diet/screen", "Twelve questions in place of a diary")
    page.blocks.append(
        "For people who keep no diary. Each question stands for some foods. Its answer is wide, and so is what comes "
        "of it. How to answer: {doc}`/howto/diet-diary`."
    )
    for key, q in evidence.screen_questions.items():
        made = ", ".join(f"{f.food.replace('_', ' ')} {100 * f.share:.0f} % ({f.grams:g} g)" for f in q.foods)
        page.blocks.append(f"({slug('screen_questions', key)})=\n## {plain(q.text)}")
        page.blocks.append(f"Id `{key}`. A portion: {plain(q.portion)}. It stands for: {plain(made)}.")
        rows = [cited("portions a day where it is not answered", q.usual)]
        rows.append(cited("how far a portion may be off (standard deviation of the logarithm)", q.spread))
        page.blocks.append(fact_table(rows, evidence, page.path))
    listing(page, evidence, "screen_base", "What all other foods bring in a day",
            lambda b: cited(nutrient_name(b.id), b.amount))  # fmt: skip
    return page


def day_plan(evidence: Evidence) -> Page:
    """Return the page of the rules of the day's plan."""
    page = Page("facts/diet/day-plan", "The rules of the day's plan")
    page.blocks.append("How a plan is found is in {doc}`/decisions/0010-plan-of-the-day`.")
    listing(page, evidence, "day_rules", "Numbers", lambda r: cited(r.id.replace("_", " "), r.value))
    listing(page, evidence, "day_marks", "What is kept from whom", of_mark)
    listing(page, evidence, "day_notes", "What is said beside a plan", of_note)
    rows = [
        (escape(role.name), escape(", ".join(role.suits)), f"{role.most:g} g" if role.most else "never planned")
        for role in evidence.day_roles.values()
    ]
    page.blocks += ["## The parts that foods play", html_table(("part", "suits", "most in a day"), rows, "facts")]
    names = {key: role.name for key, role in evidence.day_roles.items()}
    swaps = [
        (
            escape(", ".join(names.get(r, r) for r in swap.gives)),
            escape(", ".join(names.get(r, r) for r in swap.takes)),
            number(swap.cost),
        )
        for swap in evidence.day_swaps.values()
    ]
    page.blocks.append("## What may stand in for what")
    page.blocks.append("The cost is ours: 0 is as close as another food of the same part.")
    page.blocks.append(html_table(("in place of", "comes", "cost"), swaps, "facts"))
    return page


def of_mark(mark: Any) -> Row:
    """Return the row of a mark of foods."""
    why = f": {mark.why}" if mark.why else ""
    when = f"Ruled out: {', '.join(mark.when)}." if mark.when else ""
    return Row(f"{mark.name}{why}", (mark.cite,) if mark.cite else (), "", "", "", mark.status if mark.cite else "",
               when)  # fmt: skip


def of_note(note: Any) -> Row:
    """Return the row of a sentence beside a plan."""
    return Row(
        note.text, note.cites, "", "", note.basis, note.status, f"Said when: {', '.join(note.when) or 'always'}."
    )


def sun(evidence: Evidence) -> Page:
    """Return the page of the estimate of vitamin D from the sun."""
    page = Page("facts/diet/sun", "Vitamin D from the sun")
    page.blocks.append(
        "Latitude, month and skin say how long a short time in the sun may be, and when there is too little of it. The "
        "estimate is wide on purpose."
    )
    listing(
        page, evidence, "skin_types", "Least dose that reddens the skin", lambda s: cited(", ".join(s.names), s.dose)
    )
    listing(page, evidence, "sun_rules", "Numbers", lambda r: cited(r.id.replace("_", " "), r.value))
    return page


def by_group(table: FoodTable) -> dict[str, list[Food]]:
    """Return the foods of each group, by name."""
    groups: dict[str, list[Food]] = defaultdict(list)
    for food in sorted(table.foods, key=lambda f: f.name.lower()):
        groups[food.group].append(food)
    return dict(sorted(groups.items()))


def group_name(group: str) -> str:
    """Return the plain name of a group of foods.

    >>> group_name("fast_food")
    'Fast food'
    """
    return GROUPS.get(group, group.replace("_", " ").capitalize())


def foods(table: FoodTable, evidence: Evidence) -> Iterator[Page]:
    """Yield a page for each group of the curated foods: portions, what 100 g bring, and the row of the source."""
    units = table_units()
    for group, members in by_group(table).items():
        page = Page(f"facts/foods/{group}", group_name(group))
        page.blocks.append(
            f"{len(members)} foods, for 100 g as eaten. “–” is unknown, never zero. “≈” before grams: our own "
            "estimate. `twitchwise foods show ID` shows all 22 nutrients. How the figures are checked: {doc}`/foods`."
        )
        rows = [food_row(food, table, evidence, page.path) for food in members]
        page.blocks.append(html_table(("food", "portions", *units, "row"), rows, "facts compact"))
        yield page


def table_units() -> tuple[str, ...]:
    """Return the headings of the nutrients that the pages of foods show."""
    from twitchwise.foods.nutrients import UNITS

    return tuple(f"{NAMES[n]}, {UNITS[n].replace('ug', 'µg')}" for n in SHOWN)


def food_row(food: Food, table: FoodTable, evidence: Evidence, page: str) -> tuple[str, ...]:
    """Return the cells of a food."""
    values = table.per_100g(food.id)
    cells = ["–" if (v := float(values[COLUMN[n]])) != v else number(v) for n in SHOWN]
    portions = ", ".join(f"{p.name} {'≈' if p.basis == 'elicited' else ''}{p.grams:g} g" for p in food.portions)
    note = f"<br><small>{escape(food.note)}</small>" if food.note else ""
    link = relative(f"facts/sources.html#{slug('s', food.cite.source)}", page)
    title = escape(evidence.sources[food.cite.source].title, quote=True)
    row = f'<a href="{link}" title="{title}">{escape(food.cite.locator or food.origin)}</a>'
    return (f"{escape(food.name)}<br><code>{food.id}</code>{note}", escape(portions), *cells, row)
