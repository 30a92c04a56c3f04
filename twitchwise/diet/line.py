"""Diary lines as foods with grams: every line gives all its foods, and what was not found is said, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from twitchwise.diet.additions import (
    NO_MILK,
    added,
    addition_for,
    cups_of,
    made_with_milk,
    names_portion,
    pieces_of,
    says_portion,
    times,
)
from twitchwise.diet.amounts import amounts_of, measure
from twitchwise.diet.dishes import HEADS, SANDWICH, Part
from twitchwise.diet.match import FLAVOURS, LEAST_SCORE, SURE_SCORE, Match, Reader, cover, ids_of, marks, reader_of
from twitchwise.diet.measures import Weight, is_called, is_liquid, spread, weigh
from twitchwise.diet.mixes import dish_of, plainer_dish, shapeless, spelled_sauce
from twitchwise.diet.parts import parts_of, two_foods
from twitchwise.diet.supplements import DOSE, dose_line, several_doses
from twitchwise.diet.types import Eaten
from twitchwise.diet.words import nothing_eaten, plain, remark
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS
from twitchwise.foods.search import Hit, Index
from twitchwise.foods.types import Array, Food, FoodTable
from twitchwise.record.types import DiaryLine

ONE_FOOD = 0.85  # share of the words from which "lentil dahl" is one food and not lentils and dahl
AS_LIKELY = 15.0  # of the score of the best hit
FLAVOURED = ("dairy_eggs", "drinks", "sweets", "snacks", "supplements", "breakfast", "plant_milks")
WET = ("porridge", "oatmeal", "squash", "coffee", "tea", "soup", "instant noodles", "protein shake", "cordial", "miso")
# "felt sick so only had toast"
_AFTER_ALL = re.compile(
    r"(?<!didnt )(?<!not )(?<!havent )\b(?:had|ate|drank|managed)\s+(?!(?:to|no|nothing|out|it|all|enough)\b)(\w.+)$"
)
_TABLET = re.compile(r"\b(?:tablets?|capsules?|pills?|softgels?|supplements?)\b")
NOT_SURE = "we are not sure which food this is"


@dataclass(frozen=True, slots=True)
class _Found:
    """A part of a line with its food."""

    part: Part
    match: Match
    dose: Eaten | None = None  # the part is a tablet with its dose


MAKER = re.compile(r"^[^-,]{2,30} - ")  # "Generic - oats": diary programs put the maker first
AMOUNT = re.compile(r",\s*(?:\d[\d.,/]*|one|half)\s*[\w .()]*$")  # ... and the amount last
CLEAR = 95.0  # score of a match that may fill what a diary program left open


def eaten(lines: Sequence[DiaryLine], index: Index) -> tuple[Eaten, ...]:
    """Turn diary lines into foods eaten.

    Parameters: lines; index, to search foods in. Returns: for each line its foods in order; a food that was not found
    has no grams, unknown amounts and the nearest names; a line that says that nothing was eaten gives none.

    >>> from twitchwise.foods.search import curated_index
    >>> [(e.food.id, round(e.grams), e.sure) for e in eaten([DiaryLine("150 g banana")], curated_index())]
    [('banana', 150, 'exact')]
    """
    reader = reader_of(index)
    return tuple(one for line in lines for one in _line(line, reader))


def _line(line: DiaryLine, reader: Reader) -> tuple[Eaten, ...]:
    if line.nutrients:
        return (_given(line, reader),)
    if line.code:
        hit = reader.by_code(line.code)
        return (
            (_one(line, hit, reader),)
            if hit
            else (missing(line, line.text or line.code, reader.find(line.text).nearest),)
        )
    if nothing_eaten(line.text):
        return ()
    mended = reader.mend(plain(line.text))
    dose = None if several_doses(mended) else dose_line(replace(line, text=mended))
    if dose is not None:
        return (replace(dose, line=line, said=line.text),)
    if line.grams is not None or line.amount or line.supplement:
        match = reader.product(plain(line.text)) if line.supplement else reader.find(plain(line.text))
        return (_one(line, match.hit, reader),) if match.hit else (missing(line, line.text, match.nearest),)
    return _free(line, reader)


def missing(line: DiaryLine, said: str, nearest: tuple[str, ...] = ()) -> Eaten:
    """Say that a food was not found.

    Parameters: line; said, its words; nearest, ids to try. Returns: an entry with unknown amounts.
    """
    nan = float("nan")
    unknown = np.full(len(NUTRIENTS), nan)
    return Eaten(line, said, None, "", nan, nan, nan, "none", unknown, "", 0.0, NOT_SURE, line.supplement, nearest)


def _amounts(table: FoodTable, key: str, grams: float) -> Array:
    return np.asarray(table.per_100g(key) * (grams / 100.0))


def _eaten(
    line: DiaryLine, said: str, hit: Hit, weight: Weight, reader: Reader, nearest: tuple[str, ...] = ()
) -> Eaten:
    return Eaten(
        line,
        said,
        hit.food,
        hit.table,
        weight.grams,
        weight.low,
        weight.high,
        weight.sure,
        _amounts(reader.table(hit.table), hit.food.id, weight.grams),
        hit.matched,
        hit.score,
        weight.why,
        line.supplement or "supplement" in hit.food.tags,
        nearest,
    )


def _one(line: DiaryLine, hit: Hit | None, reader: Reader) -> Eaten:
    """A line whose text is one food's name; grams of the file outrank what the text says."""
    if hit is None:
        return missing(line, line.text)
    if line.grams is not None:
        low, high = spread(line.grams, line.grams, line.grams, "weighed")
        return _eaten(line, line.text, hit, Weight(line.grams, low, high, "exact", "grams of the file"), reader)
    amount = line.amount if re.search(r"[a-z]", line.amount.lower()) or not line.amount else f"{line.amount} "
    text = plain(amount or line.text)
    return _eaten(line, line.text, hit, weigh(hit.food, amounts_of(text), plain(line.text)), reader)


def _given(line: DiaryLine, reader: Reader) -> Eaten:
    """A line whose nutrients the file gives; where the food is clear, the table fills what the file leaves open."""
    amounts = np.full(len(NUTRIENTS), np.nan)
    for name, value in line.nutrients.items():
        if name in COLUMN:
            amounts[COLUMN[name]] = value
    named = MAKER.sub("", AMOUNT.sub("", line.text))
    hit = reader.by_code(line.code) if line.code else reader.find(plain(named)).hit if named else None
    grams = line.grams if line.grams is not None else float("nan")
    low, high = spread(grams, grams, grams, "weighed")
    food, table = (hit.food, hit.table) if hit else (None, "")
    matched, score = (hit.matched, hit.score) if hit else ("", 0.0)
    pill = line.supplement or (food is not None and food.group == "supplements")
    why = "nutrients of the file"
    if hit is not None and not pill and score >= CLEAR:
        filled = _filled(amounts, reader.table(hit.table).per_100g(hit.food.id), grams)
        why = why if np.array_equal(filled, amounts, equal_nan=True) else f"{why}; the rest as in {hit.food.name}"
        amounts = filled
    return Eaten(line, line.text, food, table, grams, low, high, "given", amounts, matched, score, why, pill)


def _filled(given: Array, per_100g: Array, grams: float) -> Array:
    """Fill unknown nutrients by weight, or by energy where the file gives no weight."""
    energy = COLUMN["energy"]
    by_energy = given[energy] / per_100g[energy] if per_100g[energy] > 0 else float("nan")
    scale = grams / 100.0 if np.isfinite(grams) else by_energy
    return np.where(np.isnan(given), scale * per_100g, given)


def _free(line: DiaryLine, reader: Reader) -> tuple[Eaten, ...]:
    text = _told(line.text)
    all_parts = parts_of(text, reader) if text else ()
    if text.strip() and not all_parts and not remark(plain(text)):
        return (missing(line, line.text),)  # "a glass": of what is not said, and a line is never lost
    parts = [part for part in all_parts if not remark(part.said)]
    found = _pieces([one for part in parts for one in _found(part, reader)])
    alone = [_alone(one) for one in found]
    out: list[Eaten] = []
    for place, one in enumerate(found):
        said, hit, weight = one.part.said or one.part.words, one.match.hit, alone[place]
        if one.dose is not None:
            out.append(replace(one.dose, line=line))
        elif hit is None or weight is None:
            out.append(missing(line, said, one.match.nearest))
        else:
            weight = _on_another(place, found, alone) or weight
            if place and said.endswith(" each"):
                weight = times(weight, cups_of(found[0].part.amounts))
            if hit.score <= LEAST_SCORE:
                weight = replace(weight, why=f"{weight.why}; {NOT_SURE}")
            out.append(_eaten(line, said, hit, weight, reader, one.match.nearest[1:]))
    return tuple(out)


def _told(text: str) -> str:
    """Leave out what tells no food: "felt sick, toast" is toast."""
    clauses = re.split(r"\s*[,;]\s*|\s+(?:and )?then\s+|\.\s+", text)
    kept = []
    for clause in clauses:
        if not remark(plain(clause)):
            kept.append(clause)
        elif after := _AFTER_ALL.search(plain(clause)):
            kept.append(after.group(1))
    return text if kept == clauses else ", ".join(kept)


def _alone(one: _Found) -> Weight | None:
    food, part = one.match.food, one.part
    return weigh(food, part.amounts, part.words, part.spread) if food else None


def _pieces(found: Sequence[_Found]) -> list[_Found]:
    """Take away what is no food of its own: "shredded wheat 2 biscuits"; the milk that a latte is made with."""
    out: list[_Found] = []
    for one in found:
        last = out[-1] if out else None
        food, base = one.match.food, last.match.food if last else None
        if last and base and one.part.joint == "then" and names_portion(base, one.part.words):
            part = replace(last.part, words=one.part.words, amounts=(*last.part.amounts, *one.part.amounts))
            out[-1] = replace(last, part=replace(part, said=f"{last.part.said} {one.part.said}"))
        elif last and food and food is base and one.part.joint == "," and one.part.amounts and not last.part.amounts:
            out[-1] = one  # "rice, basmati, 150 g" is one rice
        elif not (food and base and not one.part.amounts and _has_it(base, food)):
            out.append(one)
    return out[1:] if _written_out(out) else out


def _has_it(base: Food, food: Food) -> bool:
    """The milk of a latte, the water of porridge."""
    if made_with_milk(base) and is_called(food, ("milk", "oat drink", "soya drink", "almond drink"), NO_MILK):
        return True
    return food.id.startswith("water_") and is_called(base, WET)


def _written_out(found: Sequence[_Found]) -> bool:
    """Say whether a dish without an amount is followed by what it was made of: "overnight oats made with 50 g oats"."""
    if len(found) < 2 or found[0].part.amounts or found[1].part.joint not in ("made with", "then"):
        return False
    dish = {"oat" if word == "oatmeal" else word for word in marks(found[0].part.words)}
    return any(one.part.amounts and set(marks(one.part.words)[-1:]) & dish for one in found[1:])


def _drunk(part: Part, match: Match) -> Match:
    """What is told in millilitres is a drink where a drink is called so too: squash."""
    told = any(a.unit in ("millilitre", "litre", "pint", "half_pint", "mug", "bottle", "glass") for a in part.amounts)
    if match.hit is None or not told or is_liquid(match.hit.food):
        return match
    like = (h for h in match.hits if is_liquid(h.food) and h.score >= match.hit.score - AS_LIKELY)
    return replace(match, hit=next(like, match.hit))


def _tinned(part: Part, match: Match, reader: Reader) -> Match:
    """What comes in a tin is the tinned food where the table has it."""
    if (
        match.food is None
        or not any(a.unit in ("tin", "can") for a in part.amounts)
        or (is_liquid(match.food) and not any(a.unit == "tin" for a in part.amounts))
    ):
        return match
    for word in ("tinned", "canned"):
        other = reader.find(f"{word} {part.words}")
        if (
            other.hit
            and other.hit.score >= SURE_SCORE
            and (other.hit.food.group == match.food.group or is_liquid(match.food))
        ):
            return other
    return match


def _found(part: Part, reader: Reader) -> list[_Found]:
    """Find the food of a part; words that are no food as a whole may still be two foods."""
    dose = dose_line(DiaryLine(part.said))
    if dose is not None:
        return [_Found(part, Match(None), dose)]
    dip = part.words.endswith((" dip", " dips")) and not reader.known(part.words)
    match = reader.find((dip and spelled_sauce(part.words, reader)) or part.words)
    match = _tinned(part, _drunk(part, match), reader)
    if _pill_of_food(part, match, reader):
        return [_Found(part, Match(None, match.nearest))]
    cut = two_foods(part.words, reader) if match.hit is None else ()
    foods = {reader.find(words).food for words in cut}
    whole = next((h for h in match.hits if h.food in foods and cover(part.words, h) >= ONE_FOOD), None)
    if whole:
        return [_Found(part, replace(match, hit=whole))]
    if plain_one := _flavoured(cut, reader) or dish_of(cut, reader):
        return [_Found(part, reader.find(plain_one))]
    if cut and not part.amounts and not (HEADS - {"salad"}).intersection(marks(part.words)[-1:]):
        first = _Found(replace(part, words=cut[0], said=cut[0]), reader.find(cut[0]))
        return [first, *(_Found(Part(words, (), words, "then"), reader.find(words)) for words in cut[1:])]
    return [_Found(part, match if match.hit else _like_it(part, match, reader))]


def _like_it(part: Part, match: Match, reader: Reader) -> Match:
    """The nearest food of the kind: the sauce of a dip, a plainer dish, the food that a maker's name stands with."""
    if sauce := spelled_sauce(part.words, reader) or shapeless(part.words, reader):
        return reader.find(sauce)
    other = " ".join("sandwich" if word in SANDWICH else word for word in part.words.split())
    other = re.sub(r"(?<=\w )(?:salad|club) (?=sandwich|wrap)", "", other)
    other = other if " and " not in other else other.rpartition(" and ")[2]
    again = reader.find(other) if other != part.words else match
    kind = again
    if kind.hit is None and (name := plainer_dish(part.words, reader) or plainer_dish(other, reader)):
        kind = _unsure(reader.find(name))
    kind = kind if kind.hit else reader.of_kind(part.words)
    return kind if kind.hit and not _pill_of_food(part, kind, reader) else Match(None, ids_of((match, again)))


def _pill_of_food(part: Part, match: Match, reader: Reader) -> bool:
    """A dose in milligrams or a tablet is never a food or drink: "milk thistle 200 mg" is no milk."""
    if match.food is None or match.food.group == "supplements" or reader.known(part.said):
        return False
    weighed = any(a.unit and measure(a.unit).kind in ("mass", "volume", "vessel") for a in part.amounts)
    dosed = DOSE.search(re.sub(r"\([^()]*\)?", " ", part.said)) and "caffeine" not in part.said and not weighed
    return bool(dosed) or bool(_TABLET.search(part.said))


def _unsure(match: Match) -> Match:
    return replace(match, hit=match.hit and replace(match.hit, score=min(match.hit.score, LEAST_SCORE)))


def _flavoured(cut: Sequence[str], reader: Reader) -> str:
    """The one food of "actimel strawberry": the rest of the words is its flavour."""
    foods = [words for words in cut if words not in FLAVOURS]
    food = reader.find(foods[0]).food if len(foods) == 1 and len(cut) > 1 else None
    return foods[0] if food is not None and food.group in FLAVOURED else ""


def _on_another(place: int, found: Sequence[_Found], alone: Sequence[Weight | None]) -> Weight | None:
    """What stands on toast or in tea, where no amount is written; the toast before it, else the toast behind it."""
    food, part = found[place].match.food, found[place].part
    if part.amounts or food is None or says_portion(food, part.words):
        return None
    for other in (*range(place), *range(place + 1, len(found))):
        base, weight = found[other].match.food, alone[other]
        rule = addition_for(food, base) if base and weight else None
        if rule and base and weight:
            liquid = is_liquid(base)
            near = found[other].part
            return added(rule, cups_of(near.amounts) if liquid else pieces_of(base, weight.grams, near.words))
    return None


def corrected(lines: Sequence[DiaryLine], corrections: Mapping[str, str]) -> tuple[DiaryLine, ...]:
    """Put a person's corrections in: another text for one line, or the food it means.

    Parameters: lines; corrections, the line's place ("march.csv line 3") or its text -> new text ("150 g salmon"), or
    a food's id, alone or behind an amount ("150 g food:salmon_sockeye_cooked"). Returns: the lines, the corrected ones
    without what the file gave for them.

    >>> line = DiaryLine("salmn thing", where="march.csv line 3")
    >>> corrected([line], {"march.csv line 3": "150 g salmon"})[0].text
    '150 g salmon'
    >>> one = corrected([line], {"march.csv line 3": "150 g food:salmon_sockeye_cooked"})[0]
    >>> one.code, one.amount
    ('salmon_sockeye_cooked', '150 g')
    """
    return tuple(_corrected(line, corrections.get(line.where) or corrections.get(line.text)) for line in lines)


def _corrected(line: DiaryLine, new: str | None) -> DiaryLine:
    if not new:
        return line
    named = re.fullmatch(
        r"\s*(?P<amount>.*?)\s*(?:food:(?P<food>[\w:]+)|(?P<id>[a-z][a-z0-9]*(?:_[a-z0-9]+)+))\s*", new
    )
    if not named:
        return replace(line, text=new.strip(), amount="", grams=None, nutrients={}, code="")
    amount = named["amount"]
    kept = line.grams if not amount else None
    return replace(line, code=named["food"] or named["id"], amount=amount or line.amount, grams=kept, nutrients={})
