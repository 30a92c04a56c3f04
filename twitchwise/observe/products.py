"""What the products that a person takes bring of each nutrient, as the element or the vitamin itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from twitchwise.evidence import Evidence
from twitchwise.evidence.nutrient_types import Compound
from twitchwise.observe.doses import amounts_in, nutrients_in, portions
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.types import Taken
from twitchwise.observe.words import clean
from twitchwise.record import DrugLine

CARRIERS = ("antacid", "laxative", "phosphate_binder")  # medicines that are minerals
MIXTURES = ("multivitamin", "b_complex", "electrolytes", "salt_substitute")  # hold nutrients that they do not name
MINERALS = ("magnesium", "calcium", "potassium", "sodium", "iron", "zinc")
RISKS = {
    "vitamin_b12": "b12_supplement",
    "vitamin_d": "vitamin_d_supplement",
    "magnesium": "magnesium_supplement",
    "vitamin_b6": "b6_supplement",
}
# words that say that the amount is of the element itself: "magnesium (as citrate) 300 mg", "10 mmol"
_ELEMENT = re.compile(
    r"\belemental\b|\bas\b|\bfrom\b|\bequiv|\bprovid|\bcontain|\bwhich is\b|\d\s*(?:mmol|meq|iu|ie)\b"
)
_B_STRENGTH = re.compile(r"\bb[- ]?(50|75|100|125|150)\b(?! ?mg)")
_ON_THE_SKIN = re.compile(r"\bbath\b|\bspray\b|\bcream\b|\blotion\b|\bon the skin\b")


def carries(ids: Iterable[str], section: str, evidence: Evidence) -> bool:
    """Say whether a line of the record is of a product that brings nutrients.

    Parameters: ids, of the factors found in it; section, "medicines" or "supplements"; evidence. Returns: True or
    False.
    """
    kinds = any(id_ in CARRIERS or evidence.factors[id_].kind == "supplement" for id_ in ids)
    return section == "supplements" or kinds


def share_of(text: str, nutrient: str, evidence: Evidence) -> tuple[float, str]:
    """Return how much of a labelled weight is the nutrient itself.

    Minerals count as the element once their compound is named. Forms of a vitamin count in full: labels mostly name
    the vitamin, and full is the safe side.
    Parameters: text, name and dose as written; nutrient, its id; evidence. Returns: the share (1 when no compound is
    named), and the name of the compound.

    >>> from twitchwise.evidence import load_evidence
    >>> share_of("magnesium oxide 400 mg", "magnesium", load_evidence())
    (0.603, 'magnesium oxide')
    >>> share_of("magnesium (as oxide) 400 mg", "magnesium", load_evidence())
    (1.0, '')
    """
    known, plain = evidence.nutrients.get(nutrient), _plain(text)
    if known is None or _ELEMENT.search(plain):
        return 1.0, ""
    named = [
        (len(words), compound.fraction.value, compound.name)
        for compound in known.compounds
        if compound.fraction is not None
        for words in (compound.name, *compound.synonyms)
        if re.search(rf"\b{re.escape(_plain(words))}\b", plain)
    ]
    _, fraction, name = max(named, default=(0, 1.0, ""))
    return (fraction, name) if nutrient in MINERALS or fraction > 1 else (1.0, "")


def _plain(text: str) -> str:
    return clean(text).replace("sulph", "sulf").removesuffix(", dried")


def read_products(line: DrugLine, ids: Sequence[str], where: str, sheet: Sheet) -> bool:
    """Add what a product brings of each nutrient; an amount that is not given stays unknown, never zero.

    Parameters: line; ids, of the factors found in it; where, its place; sheet, which collects. Returns: whether the
    line names a nutrient.
    """
    name = line.name if line.dose else f"{line.name} {line.note}"
    named = nutrients_in(name)
    sheet.risks.update(RISKS[n] for n in named if n in RISKS)
    taken = [] if _ON_THE_SKIN.search(clean(f"{line.name} {line.dose}")) else _taken(line, name, where, sheet.evidence)
    taken += _hidden(line, ids, where, {one.nutrient for one in taken}, sheet.evidence)
    for one in taken:
        sheet.taken.append(one)
        if one.mg_per_day is not None:
            sheet.doses[one.nutrient] = round(sheet.doses.get(one.nutrient, 0.0) + one.mg_per_day, 6)
    return bool(named)


def _taken(line: DrugLine, name: str, where: str, evidence: Evidence) -> list[Taken]:
    found = []
    for nutrient, mg, part in amounts_in(name, line.dose):
        share, compound = share_of(f"{part} {line.dose}", nutrient, evidence)
        pure = None if mg is None else round(mg * share, 9)
        found.append(Taken(nutrient, line.name, where, pure, mg, compound))
    strength = _B_STRENGTH.search(clean(line.name))
    if strength and not any(one.nutrient == "vitamin_b6" for one in found):
        mg = float(strength.group(1)) * portions(line.dose)
        found.append(Taken("vitamin_b6", line.name, where, mg, mg))
    return found


def _hidden(line: DrugLine, ids: Sequence[str], where: str, known: set[str], evidence: Evidence) -> list[Taken]:
    """Find nutrients that a mixed product usually holds, with the range that labels show."""
    said, found = clean(line.name), dict[str, Taken]()
    for nutrient in evidence.nutrients.values():
        for compound in nutrient.compounds:
            if nutrient.id in known or nutrient.id == "caffeine" or not _holds(compound, ids, said):
                continue
            if (usual := compound.per_dose) is not None:
                mg = portions(line.dose) * (0.001 if usual.unit == "ug" else 1.0)
                span = (usual.low * mg, usual.high * mg)
                found.setdefault(nutrient.id, Taken(nutrient.id, line.name, where, None, None, compound.name, span))
    return list(found.values())


def _holds(compound: Compound, ids: Sequence[str], said: str) -> bool:
    if compound.per_dose is None or compound.factor not in ids:
        return False
    return compound.factor in MIXTURES or any(re.search(rf"\b{re.escape(clean(w))}\b", said) for w in compound.synonyms)
