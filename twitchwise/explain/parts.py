"""Sections that several kinds of page share: signs, where it twitches, foods, blood tests, what leads to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from twitchwise.evidence.load import Evidence
from twitchwise.evidence.more_types import Food
from twitchwise.evidence.topic_types import Saying
from twitchwise.evidence.types import Analyte, Cite, Grade, Node, Range, Shows, Who
from twitchwise.explain.types import Line, Section, Table
from twitchwise.explain.weights import STRONG_ODDS, Link, after, how_often, links_to, strongest
from twitchwise.labs.convert import show
from twitchwise.plan.foods import MICROGRAMS, per_portion
from twitchwise.plan.supplements import amount

OWN = Cite("own_judgement", "chances of our model, put into words")
CLEAR, WEAK = "Clear link", "Weaker link"
FEW = 12  # items named in full
FOODS = 8
MOVES = "excitability"  # the group of findings that twitch, cramp or shake
SEVERE = ("severe",)
EXAMINED = "A doctor may find"
STEPS = (("Often", 10), ("Sometimes", 7), ("Seldom", 5), (EXAMINED, 6))  # how many are named


def said(sayings: Iterable[Saying]) -> tuple[Line, ...]:
    """Turn sentences of the data into lines.

    Parameters: sayings. Returns: lines with their source.
    """
    return tuple(Line(one.text, (one.cite,)) for one in sayings)


def section(id_: str, heading: str, lines: Iterable[Line] = (), items: Iterable[Line] = ()) -> list[Section]:
    """Make a section, or none where there is nothing to say.

    Parameters: id_, its name; heading; lines; items. Returns: no section or one.

    >>> section("role", "What it does")
    []
    """
    lines, items = tuple(lines), tuple(items)
    return [Section(id_, heading, lines, items)] if lines or items else []


def cites_of(shows: Iterable[Shows], most: int = 4) -> tuple[Cite, ...]:
    """Collect what several chances rest on.

    Parameters: shows; most, how many sources to give. Returns: sources, originals before our judgement.
    """
    found = dict.fromkeys(Cite(one.p.cite.source, "") for one in shows)
    outside = [cite for cite in found if cite.source != "own_judgement"]
    return tuple(outside[:most]) or ((OWN,) if found else ())


def signs(shows: Iterable[Shows], evidence: Evidence, moving: bool | None) -> list[Line]:
    """Say which findings a cause brings about, in three steps of how often.

    Parameters: shows, of a node or factor; evidence; moving, only twitches and their like (True), all others (False) or
    both (None). Returns: at most one line for each step, and one for what only an examination shows.
    """
    measured = {row.finding for row in evidence.lab_findings.values()}
    groups: dict[str, list[Shows]] = {}
    named: set[str] = set()
    for id_, one in strongest(shows).items():
        finding = evidence.findings.get(id_)
        word = how_often(one.p.value)
        if finding is None or not word or id_ in measured or named & set(finding.is_a):
            continue  # a narrower finding adds little where the wider one is named
        if moving is None or (finding.group == MOVES) == moving:
            groups.setdefault(EXAMINED if finding.kind == "sign" else word.capitalize(), []).append(one)
            named.add(id_)
    return [
        Line(f"{_list(evidence, groups[word], most)}.", cites_of(groups[word]), word)
        for word, most in STEPS
        if word in groups
    ]


def _list(evidence: Evidence, shows: Sequence[Shows], most: int) -> str:
    return "; ".join(evidence.findings[one.finding].name for one in shows[:most])


def node_signs(nodes: Sequence[Node], evidence: Evidence) -> list[Section]:
    """Say where a cause twitches and what else it brings.

    Parameters: nodes of the page; evidence. Returns: up to two sections.
    """
    shows = [one for node in nodes for one in node.findings]
    severe = bool(shows) and all(one.state in SEVERE for one in shows)
    note = [Line("These come when it is severe. A mild form is mostly not felt.", (OWN,))] if severe else []
    moving, other = signs(shows, evidence, True), signs(shows, evidence, False)
    found = section("signs", "Twitches, cramps and spasms that can come with it", note, moving)
    return found + section("other_signs", "Other signs", (), other)


def foods(nutrient: str, evidence: Evidence) -> list[Section]:
    """Name plain foods with what a portion brings.

    Parameters: nutrient, its id; evidence. Returns: a section with a table, or none.
    """
    unit = "ug" if nutrient in MICROGRAMS else "mg"
    rich = sorted(evidence.foods_rich.values(), key=lambda f: (-per_portion(f, nutrient), f.id))
    chosen: dict[str, Food] = {}
    for food in rich:
        if per_portion(food, nutrient) > 0 and len(chosen) < FOODS:
            chosen.setdefault(food.id.split("_")[0], food)
    rows = tuple(
        (Line(f.name), Line(f.portion), Line(amount(round(per_portion(f, nutrient), 1), unit), (f.cite,)))
        for f in chosen.values()
    )
    return [Section("foods", "Foods", table=Table(("Food", "A portion", "Brings"), rows))] if rows else []


def drinks(evidence: Evidence) -> list[Section]:
    """Name drinks with their caffeine.

    Parameters: evidence. Returns: a section with a table.
    """
    rows = []
    for drink in evidence.caffeine.values():
        ml = drink.portion_ml
        portion = f"{ml:.0f} ml" if ml else "1 piece"
        mg = drink.mg.value * ml / 100.0 if ml else drink.mg.value
        rows.append((Line(drink.name), Line(portion), Line(f"{mg:.0f} mg", (drink.mg.cite,))))
    rows.sort(key=lambda row: -float(row[2].text.split()[0]))
    return [Section("foods", "Drinks and their caffeine", table=Table(("Drink", "A portion", "Brings"), tuple(rows)))]


def _whom(who: Who) -> str:
    words = [who.sex, who.risk.replace("_", " ")]
    if who.age_to < 150 and who.age_from < 1:
        words.append(f"under {who.age_to:g} years")
    elif who.age_to < 150:
        words.append(f"age {who.age_from:g} to {who.age_to:g}")
    elif who.age_from >= 1:
        words.append("adults" if 16 <= who.age_from <= 21 else f"age {who.age_from:g} or more")
    return ", ".join(word for word in words if word) or "all ages"


def unit_of(unit: str) -> str:
    """Write a unit for people.

    Parameters: unit, in the spelling of the data. Returns: the same in usual letters.

    >>> unit_of("mL/min/{1.73_m2}"), unit_of("10*9/L")
    ('mL/min per 1.73 square metres', 'x 10^9/L')
    """
    return unit.replace("/{1.73_m2}", " per 1.73 square metres").replace("10*9", "x 10^9")


def _interval(item: Range) -> str:
    unit = unit_of(item.unit)
    if item.low is not None and item.high is not None:
        return f"{show(item.low)} to {show(item.high)} {unit}"
    return f"above {show(item.low)} {unit}" if item.low is not None else f"below {show(item.high or 0)} {unit}"


def ranges(analytes: Sequence[Analyte], each: int = 2) -> list[Section]:
    """Say the usual range of blood tests; the range that the own laboratory prints comes first.

    Parameters: analytes; each, ranges of one test. Returns: a section with a table, or none.
    """
    rows = [
        (Line(a.name if number == 0 else ""), Line(_interval(r)), Line(_whom(r.who), (r.cite,)))
        for a in analytes
        for number, r in enumerate(a.ranges[:each])
    ]
    line = Line("Ranges differ. The one that your own laboratory prints counts more than ours.", (OWN,))
    table = Table(("Test", "Usual range", "For"), tuple(rows))
    return [Section("tests", "Blood tests", (line,), table=table)] if rows else []


def grades(analyte: Analyte) -> list[Line]:
    """Say the bands of a test.

    Parameters: analyte. Returns: a line for each band; the critical ones marked.
    """
    return [Line(f"{g.label}: {_band(g)}.", (g.cite,), "Critical" if g.urgent else "") for g in analyte.grades]


def _band(grade: Grade) -> str:
    sides = []
    if grade.above is not None:
        sides.append(f"from {show(grade.above)}")
    if grade.below is not None:
        sides.append(f"below {show(grade.below)}")
    unit = "times the upper limit" if grade.unit == "xULN" else unit_of(grade.unit)
    return f"{' and '.join(sides)} {unit}".strip()


def _called(link: Link) -> str:
    members = [member.name for member in link.factor.members[:3]]
    if link.factor.name in members:  # a class called by its chief member: its relatives are no examples of it
        members = []
    inside = f" (such as {', '.join(members)})" if members else ""
    when = after(link.after_days)
    return f"{link.factor.name}{inside}{f', {when}' if when else ''}"


def linked(links: Sequence[Link], few: int = FEW) -> list[Line]:
    """List what makes a cause likelier, the clear links first.

    Parameters: links; few, how many are named one by one. Returns: lines marked by strength; the rest in one line.
    """
    named = [Line(_called(one), (one.size.cite,), CLEAR if one.strong else WEAK) for one in links[:few]]
    left = links[few:]
    if left:
        names = "; ".join(one.factor.name for one in left)
        named.append(Line(names, tuple(dict.fromkeys(one.size.cite for one in left)), WEAK))
    return named


def led_to_by(targets: Sequence[str], evidence: Evidence, itself: Collection[str] = ()) -> Mapping[str, list[Line]]:
    """Group what leads to a cause into people at risk and medicines, for more and for less.

    Parameters: targets, ids of nodes; evidence; itself, ids of factors that are the subject of the page.
    Returns: lines under at_risk, medicines, less.
    """
    links = [one for one in links_to(targets, evidence) if one.factor.id not in itself]
    drugs = [one for one in links if one.factor.kind == "medicine" and not one.less]
    others = [
        (one.factor.name, one.size.cite, one.strong) for one in links if one.factor.kind != "medicine" and not one.less
    ]
    return {
        "at_risk": _people([*_risks(targets, evidence), *others]),
        "medicines": linked(drugs),
        "less": linked([one for one in links if one.less]),
    }


def _people(rows: Sequence[tuple[str, Cite, bool]]) -> list[Line]:
    """One line for the clear links and one for the weak."""
    lines = []
    for mark, strong in ((CLEAR, True), (WEAK, False)):
        names = dict.fromkeys(name for name, _, is_strong in rows if is_strong == strong)
        cites = dict.fromkeys(cite for _, cite, is_strong in rows if is_strong == strong)
        if names:
            lines.append(Line(f"{'; '.join(names)}.", tuple(cites), mark))
    return lines


def _risks(targets: Sequence[str], evidence: Evidence) -> list[tuple[str, Cite, bool]]:
    """Circumstances of a person that raise the odds."""
    rows = [one for target in targets for one in (evidence.nodes[target].odds if target in evidence.nodes else ())]
    raised = sorted((one for one in rows if one.ratio.value > 1), key=lambda one: -one.ratio.value)
    return [
        (evidence.risks[one.risk].name, one.ratio.cite, one.ratio.value >= STRONG_ODDS)
        for one in raised
        if one.risk in evidence.risks and evidence.risks[one.risk].kind != "medicine"
    ]
