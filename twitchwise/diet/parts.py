"""A diary line taken apart: which words are one food each, and which amounts belong to it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from twitchwise.diet.amounts import Amount, amounts_of, bare_measure, measure, measure_ids, size_word, without
from twitchwise.diet.asides import alone, dry_weight, kinds_behind
from twitchwise.diet.brackets import CUPS, SPLIT, in_water, ingredients, only_detail
from twitchwise.diet.dishes import HEADS, MIXED, SAVOURY, Part, heading, meant, written_out
from twitchwise.diet.match import NOISE, PILLS, Reader, cover, marks
from twitchwise.diet.mixes import filled, poured, shaken, unlisted
from twitchwise.diet.supplements import dose_line
from twitchwise.diet.words import plain
from twitchwise.foods.words import singular
from twitchwise.record.types import DiaryLine

ARTICLE = re.compile(r"^(?:an?|\d[\d.]*) ")
_ADDED = "skin|bones?|crusts?|milk|butter|cream|sauce|dressing|mayo|ice|bun|gravy|toppings|bread"
_DROP = re.compile(
    r"(?:[,;]|\bbut\b|\band\b)\s*(?:no|without|w/o|minus|not)\s+(?!added|fat\b)[a-z]+(?:\s+or\s+[a-z]+)?"
    rf"(?=\s*(?:$|[,;)]))|(?<=\w)\s+(?:without|w/o|minus|hold the|no)\s+(?:{_ADDED})\b"
    r"|(?<=\w)\s+(?:minus|except(?: for)?|apart from)\s+(?:the\s+)?[a-z]+(?:\s+[a-z]+)?(?=\s*(?:$|[,;)]))"
    r"|\b(?:on|over|with)\s+(?:the\s+)?(?:ice|rocks)\b(?!\s+cream)"
    r"|(?<=tea)\s+(?:without|no)\s+sugar\b|(?<=coffee)\s+(?:without|no)\s+sugar\b"
)
_STIRRED = re.compile(
    r"\b(chicken|prawn|shrimp|beef|pork|tofu|vegetables?) stir[- ]fry (?:with|and|&) (?:egg |rice )?noodles\b"
)
SPICE = 15.0  # g, more pepper than this is a vegetable
DOSES = ("milligram", "microgram")
_UNITS = re.compile(r"\b\d+(?:\.\d+)?\s*(?:iu|ie|mmol|meq|units)\b")
LOOSE = frozenset("cream jam juice tea bar sauce yogurt cake cereal noodle crisp bun bread biscuit".split())
_BEHIND = re.compile(r"^(.+?) ([a-z]+?)((?: (?:dry|cooked|raw))?)$")
_WITHIN = re.compile(r"\((?=\s*(?:with|plus|and|\+)\s)([^()]*)\)")


def parts_of(text: str, reader: Reader) -> tuple[Part, ...]:
    """Take a line apart.

    Parameters: text, as written; reader, of the index. Returns: its parts, each of them words of one food.
    """
    line = in_water(reader.mend(alone(plain(text), reader)))
    line = poured(_STIRRED.sub(r"\1 noodles", line), reader)
    line = _WITHIN.sub(r" \1", _DROP.sub(" ", line))
    line = ingredients(heading(line, reader), reader)
    parts = [part for segment, joint in _segments(line) for part in _read(segment, joint, reader)]
    parts = _nameless(parts)
    parts = _details(dry_weight(kinds_behind(_kinds(parts, reader), reader)), reader)
    parts = unlisted(_one_name(parts, reader), reader)
    return tuple(_of_all(written_out(meant(filled(shaken(parts))), reader)))


def _segments(line: str) -> list[tuple[str, str]]:
    pieces = SPLIT.split(line)
    found = [(pieces[0], "")] + [(pieces[i + 1], pieces[i].strip()) for i in range(1, len(pieces) - 1, 2)]
    return [(text.strip(), joint) for text, joint in found if text.strip()]


def _read(segment: str, joint: str, reader: Reader) -> list[Part]:
    """Read the amounts of a segment; cut it where a second food begins ("2 eggs 2 toast", "coffee 2 sugars")."""
    amounts = list(amounts_of(segment))
    part_of_one = bool(amounts) and amounts[0].begin > 0 and not amounts[0].unit and amounts[0].high < 1  # "naan 0.5"
    numbered = bool(amounts) and reader.known(segment) and not ARTICLE.match(segment) and not part_of_one
    if numbered or dose_line(DiaryLine(segment)) is not None:
        return [Part(segment, (), segment, joint)]
    if any(a.unit in DOSES for a in amounts) or _UNITS.search(segment):
        return [_dosed(segment, joint, tuple(amounts), reader)]
    amounts = [a for i, a in enumerate(amounts) if not _part_of_name(segment, a, amounts[i + 1 :])]
    if not amounts:
        return [_bare(segment, joint, reader)]
    cuts = _cuts(segment, amounts, reader)
    out = []
    for begin, end in zip([0, *cuts], [*cuts, len(segment)], strict=True):
        own = tuple(replace(a, begin=a.begin - begin, end=a.end - begin) for a in amounts if begin <= a.begin < end)
        text = segment[begin:end].strip() if begin == 0 else segment[begin:end]
        out.append(_part(text, own, joint if begin == 0 else "then", reader))
    return out


def _dosed(segment: str, joint: str, amounts: tuple[Amount, ...], reader: Reader) -> Part:
    """A dose of something that we do not count: "ginkgo 120 mg tablet" is one product, and a tablet is no food."""
    words = _UNITS.sub(" ", without(segment, amounts))
    kept = tuple(replace(a, unit="") if a.unit == "tablet" else a for a in amounts if a.unit not in DOSES)
    words = " ".join(w for w in words.split() if singular(w) not in PILLS) or segment
    words = next((name for name in (f"{words} tablet", f"{words} capsule") if reader.known(name)), words)
    return Part(words, kept, segment, joint)


def _part_of_name(segment: str, one: Amount, later: list[Amount]) -> bool:
    """A bare number in the middle that another amount follows belongs to the name: "vitamin b 12 100 ug"."""
    return (
        not one.unit
        and not one.size
        and one.begin > 0
        and segment[: one.begin].strip() in ("vitamin b", "vitamin d", "co q", "omega")
    )


def _cuts(segment: str, amounts: list[Amount], reader: Reader) -> list[int]:
    """Where a segment falls apart: before each amount, or behind each when it ends with one."""
    text = without(segment, tuple(amounts))
    gaps = [segment[a.end : b.begin].strip(" -(),of") for a, b in pairwise(amounts)]
    head, tail = segment[: amounts[0].begin].strip(" -(~"), segment[amounts[-1].end :].strip(" -).")
    if head and len(amounts) == 1 and amounts[0].aside and reader.known(head) and reader.known(tail):
        return [segment.index(")", amounts[0].end - 1) + 1 if ")" in segment[amounts[0].end - 1 :] else amounts[0].end]
    if not text or amounts[-1].aside or (head and tail and len(amounts) == 1 and only_detail(tail)):
        return []
    if head and not tail:
        return [a.end for a, gap in zip(amounts, gaps, strict=False) if gap]
    if all(segment[a.begin] == "x" for a in amounts) and head:  # "toast x 2 jam": a count stands behind its food
        return [a.end for a in amounts if segment[a.end :].strip(" -).")]
    cuts = [b.begin for b, gap in zip(amounts[1:], gaps, strict=True) if gap and segment[b.end :].strip(" -).")]
    shop = all(word in NOISE for word in head.split())
    return ([amounts[0].begin] if head and tail and not shop and not amounts[0].aside else []) + cuts


def _part(text: str, amounts: tuple[Amount, ...], joint: str, reader: Reader) -> Part:
    if not amounts:
        return _bare(text.strip(), joint, reader)
    words = without(text, amounts)
    packed = re.sub(r"^[\d.]+ (?:x )?", "", text.strip())
    if len(amounts) == 1 and amounts[0].unit in ("packet", "tin", "pot") and reader.known(packed):
        return Part(packed, amounts, text.strip(), joint, lead=True)  # "bag of salad" are leaves
    words, amounts = _vessel(words, amounts, reader)
    if words and all(a.aside for a in amounts):
        more = _bare(words, joint, reader)
        amounts, words = (*more.amounts, *amounts), more.words
    elif not any(a.unit for a in amounts) and words:
        more = _bare(words, joint, reader)
        if more.amounts:
            number = amounts[0]
            joined = replace(
                more.amounts[0], low=number.low, high=number.high, size=more.amounts[0].size or number.size
            )
            return Part(more.words, (joined, *amounts[1:]), text.strip(), joint, lead=amounts[0].begin == 0)
    if words in ("pepper", "peppers") and not any(a.unit for a in amounts if a.unit != "gram" or a.low < SPICE):
        words = "bell pepper"  # nobody counts the spice
    if words and len(amounts) == 1:
        words, one = _pieces_named(words, amounts[0], reader)
        amounts = (one,) if one else amounts
    return Part(words, amounts, text.strip(), joint, lead=amounts[0].begin <= 1)


def _vessel(words: str, amounts: tuple[Amount, ...], reader: Reader) -> tuple[str, tuple[Amount, ...]]:
    """Take off what a weight is in: "bottle of beer 33 cl"."""
    found = bare_measure(words) if amounts[0].unit and not reader.known(words) else None
    rest = without(words, (found,)) if found else ""
    inner = _BEHIND.search(words)
    if found is None and inner and amounts[0].unit and not reader.known(words) and inner.group(2) in measure_ids():
        unit = measure_ids()[inner.group(2)]
        rest = f"{inner.group(1)} {inner.group(3)}".strip()
        found = Amount(1.0, 1.0, unit, numbered=False) if measure(unit).container and reader.find(rest).hit else None
    if found is None or not rest or found.unit == amounts[0].unit:
        return words, amounts
    return rest, (*amounts, found)


def _bare(segment: str, joint: str, reader: Reader) -> Part:
    """Read a segment without a number: a measure alone ("handful almonds"), else a size word ("large banana")."""
    found, sized = bare_measure(segment), size_word(segment)
    rest = without(segment, (found,)) if found else ""
    name = _whole_name(segment, sized, reader)
    packed = bool(found and rest) and measure(found.unit).container and bool(reader.find(rest).hit)  # type: ignore[union-attr]
    if name and not (" of " in segment and rest and (packed or reader.known(rest))):
        return Part(name, (), segment, joint)
    if (dish := bare_measure(segment + " of")) and dish.end >= len(segment) and not dish.begin:
        return Part("", (dish,), segment, joint)
    if found and not reader.known(" ".join(segment.split()[:2])):
        return Part(without(segment, (found,)), (found,), segment, joint, lead=True)
    if sized:
        return _sized(segment, sized, joint, reader)
    inner = re.search(r"\(\s*([a-z]+)\s*\)$", segment)
    if inner and (dish := bare_measure(inner.group(1) + " of x")):
        return Part(segment[: inner.start()].strip(), (replace(dish, aside=True),), segment, joint)
    words, named = _pieces_named(without(segment, ()), None, reader)
    return Part(words, (named,) if named else (), segment, joint)


def _whole_name(segment: str, sized: Amount | None, reader: Reader) -> str:
    """The segment when it is a food's name as it stands, its size word too: "big mac", "small beer"."""
    multiple = sized is not None and sized.size in ("double", "triple") and reader.known(segment)
    if sized and not multiple and reader.known(without(segment, (sized,))):
        return ""
    if reader.known(segment):
        return segment
    first = segment.split()
    while len(first) > 2 and first[0] in NOISE and first[0] not in measure_ids() and not size_word(first[0]):
        first = first[1:]
        if reader.known(name := " ".join(first)):
            return name
    praised = " ".join(w for w in segment.split() if w not in NOISE or w in ("big", "small", "mini", "large"))
    return praised if sized and praised != segment and reader.known(praised) else ""


def _sized(segment: str, sized: Amount, joint: str, reader: Reader) -> Part:
    near = re.match(r"\s*([a-z]+)\)?\s*$", segment[sized.end :])
    inside = "(" in segment[: sized.begin]
    if inside and near and (dish := bare_measure(near.group(1) + " of x")):
        one = replace(dish, size=sized.size, aside=True)
        return Part(without(segment[: segment.index("(")], ()), (one,), segment, joint)
    words, of_it = _pieces_named(without(segment, (sized,)), sized, reader)
    amount = replace(of_it or sized, aside=inside)
    return Part(words, (amount,), segment, joint, lead=bool(words) and not sized.begin)


def _pieces_named(words: str, one: Amount | None, reader: Reader) -> tuple[str, Amount | None]:
    """Read "carrot sticks" and "apple slices" as sticks of carrot and slices of apple where no food is called so."""
    food, _, last = words.rpartition(" ")
    if food.endswith(" half") and last in ("pint", "pints"):
        food, last = food.removesuffix(" half"), f"half {last}"
    unit = measure_ids().get(last, "")
    poured_out = bool(unit) and measure(unit).kind == "volume" and measure(unit).alone
    counted = bool(food and unit) and (poured_out or measure(unit).kind in ("piece", "vessel"))
    vessel = counted and (poured_out or measure(unit).container or measure(unit).kind == "vessel")
    if not counted or reader.known(words) or not (reader.known(food) or (vessel and reader.find(food).hit)):
        return words, one
    if one is None and not last.endswith("s"):
        return food, Amount(1.0, 1.0, unit, numbered=False)
    return food, replace(one, unit=unit) if one and not one.unit else one


def _nameless(parts: list[Part]) -> list[Part]:
    """Give an amount without words to the food before it: "rice, 200 g"."""
    out: list[Part] = []
    for part in parts:
        if part.words and any(c.isalpha() for c in part.words):
            waiting = out and not out[-1].words
            if waiting:
                first = out.pop()
                part = replace(part, amounts=(*first.amounts, *part.amounts), joint=first.joint, lead=True)
            out.append(part)
        elif out and part.amounts and len(out) > 1 and _of_first(part.amounts[0]):
            out[0] = replace(out[0], amounts=(*out[0].amounts, *part.amounts), said=f"{out[0].said}, {part.said}")
        elif out and part.amounts:
            out[-1] = replace(out[-1], amounts=(*out[-1].amounts, *part.amounts), said=f"{out[-1].said}, {part.said}")
        elif part.amounts:
            out.append(part)
    return [part for part in out if part.words]


def _of_first(one: Amount) -> bool:
    """A size at the end of a line is that of the first food: "latte with skimmed milk, grande"."""
    return one.unit in CUPS or (not one.unit and bool(one.size))


def _details(parts: list[Part], reader: Reader) -> list[Part]:
    """Put words that only describe to the food they describe: "rice, cooked", "red and green peppers"."""
    out: list[Part] = []
    for place, part in enumerate(parts):
        plain_word = only_detail(part.words) and not reader.known(part.words)
        milk = "fat_" in " ".join(marks(part.words)) and not (out and "milk" in out[-1].words)
        behind = bool(out) and part.joint in (",", "(", ";", "with", "on", "in") and not milk
        if plain_word and behind and not (part.amounts and out[-1].amounts):
            said, amounts = f"{out[-1].said}, {part.said}", (*out[-1].amounts, *part.amounts)
            out[-1] = replace(out[-1], words=f"{out[-1].words} {part.words}", amounts=amounts, said=said)
        elif (
            plain_word
            and not part.amounts
            and not milk
            and place + 1 < len(parts)
            and not parts[place + 1].amounts
            and part.joint != ","
        ):
            nxt = parts[place + 1]
            parts[place + 1] = replace(
                nxt, words=f"{part.words} {nxt.words}", joint=part.joint, said=f"{part.said} {nxt.said}"
            )
        else:
            out.append(part)
    return out


def _kinds(parts: list[Part], reader: Reader) -> list[Part]:
    """Join words behind a comma that only say which kind: "rice, basmati", "popcorn, microwave bag"."""
    out: list[Part] = []
    for part in parts:
        food, _, last = part.words.rpartition(" ")
        bag = measure_ids().get(last) == "packet"
        kind = food if bag else part.words
        bare = bool(out) and part.joint == "," and not part.amounts and not out[-1].amounts and not reader.known(kind)
        if bare and kind and reader.known(f"{kind} {out[-1].words}"):
            amounts = (Amount(1.0, 1.0, "packet", numbered=False),) if bag else ()
            said = f"{out[-1].said}, {part.said}"
            out[-1] = replace(out[-1], words=f"{kind} {out[-1].words}", amounts=amounts, said=said)
        else:
            out.append(part)
    return out


def _one_name(parts: list[Part], reader: Reader) -> list[Part]:
    """Join parts whose words together are one food: "mac and cheese", "ham, cheese and pickle sandwich"."""
    out: list[Part] = []
    place = 0
    while place < len(parts):
        stop = next((e for e in range(len(parts), place + 1, -1) if _is_one(parts[place:e], reader)), place + 1)
        out.append(_joined(parts[place:stop]) if stop > place + 1 else parts[place])
        place = stop
    return out


def _is_one(span: list[Part], reader: Reader) -> bool:
    if any(part.lead for part in span[1:]) or any(_counts(part) for part in span[:-1] if not part.lead):
        return False
    words = " ".join(part.words for part in span)
    listed = any(part.joint in (",", ";", "then") for part in span[1:])
    loose = all(part.joint in ("and", "&", "n") for part in span[1:])
    if not listed and reader.joins(words, same_first=not loose):
        if (
            span[1].joint in ("in", "on", "")
            and reader.find(_joined(span).words).food == reader.find(span[0].words).food
        ):
            return False  # "milk in coffee" is the milk alone
        if not _counts_first(span[0]) or (loose and all(a.low == a.high == 1 for a in span[0].amounts)):
            return True
    last = marks(span[-1].words)
    if not (len(last) > 1 and last[-1] in HEADS) or any(p.joint not in (",", "and", "&", "n", "/") for p in span[1:]):
        return False
    if last[-1] in LOOSE and reader.known(span[-1].words) and (listed or reader.known(span[0].words)):
        return False
    hit = reader.find(_joined(span).words).hit
    if hit is not None and cover(words, hit) >= 0.7 and last[-1] in marks(f"{hit.matched} {hit.food.name}"):
        return True
    return last[-1] in MIXED and all(_ingredient(part, last[-1], reader) for part in span[:-1])


def _counts(part: Part) -> bool:
    """An amount that says more than a size."""
    return any(a.unit or a.numbered for a in part.amounts)


def _ingredient(part: Part, dish: str, reader: Reader) -> bool:
    """Say whether a part can only be one of the things in a dish: the lentils of "lentil and spinach curry"."""
    food = reader.find(part.words).food
    sweet = dish in ("smoothy", "tart", "pie", "crumble")
    return food is not None and (food.group in SAVOURY or (sweet and food.group == "fruit")) and "dish" not in food.tags


def _counts_first(part: Part) -> bool:
    """A number of pieces in front counts the first food alone: "2 eggs on toast", not "bowl of chilli with rice"."""
    dishes = ("bowl", "plate", "serving", "pot", "packet")
    return any(
        (not a.unit and a.numbered) or (a.unit and measure(a.unit).kind == "piece" and a.unit not in dishes)
        for a in part.amounts
    )


def _joined(span: list[Part]) -> Part:
    words = " ".join(
        p.words if i == 0 else f"{p.joint if p.joint.isalpha() else 'and'} {p.words}" for i, p in enumerate(span)
    )
    amounts = tuple(a for p in span for a in p.amounts)
    return Part(words, amounts, words, span[0].joint, span[0].lead)


def _of_all(parts: list[Part]) -> list[Part]:
    """A plate named in brackets at the end is the plate of all: "curry with rice (big plate)"."""
    last = parts[-1] if parts else None
    if last is None or len(parts) < 2 or any(p.amounts for p in parts[:-1]):
        return parts
    plate = last.amounts[0] if len(last.amounts) == 1 and last.amounts[0].aside else None
    if plate and (plate.unit in ("plate", "bowl", "serving") or (not plate.unit and plate.size and not plate.numbered)):
        size = plate.size
        return [replace(part, amounts=(), spread=size) for part in parts]
    return parts


def two_foods(words: str, reader: Reader) -> tuple[str, ...]:
    """Cut words without "and" into foods that are all known: "egg chips beans".

    Parameters: words; reader. Returns: the foods' words; empty when some piece is not known.
    """
    pieces = words.split()
    if not 2 <= len(pieces) <= 8:
        return ()
    for cut in range(len(pieces) - 1, 0, -1):
        first, rest = " ".join(pieces[:cut]), " ".join(pieces[cut:])
        if reader.known(first) and (reader.known(rest) or (more := two_foods(rest, reader))):
            return (first, rest) if reader.known(rest) else (first, *more)
    return ()
