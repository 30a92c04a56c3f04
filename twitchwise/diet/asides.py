"""What stands behind a food and is none: where, when and with whom it was eaten, how it was cut, what it weighed dry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from twitchwise.diet.amounts import amounts_of, measure, measure_ids, without
from twitchwise.diet.brackets import only_detail
from twitchwise.diet.dishes import Part
from twitchwise.diet.match import SURE_SCORE, Reader, marks

_WHOSE = r"(?:the|my|our|an?|his|her|their|some|that|this)"
_PEOPLE = (
    r"(?:kids?|children|child|boys?|girls?|sons?|daughters?|toddler|baby|husband|hubby|wife|partner|flatmates?"
    r"|housemates?|family|friends?|mates?|colleagues?|mum|mom|dad|nan|gran|granny|grandma|sister|brother)"
)
# what a place or an occasion is called; some of these words are foods elsewhere ("game")
_PLACES = (
    r"(?:game|match|pub|bar|garden|park|beach|roadside|street|stall|market|stand|office|work|desk|school|uni|gym|pool"
    r"|club|party|wedding|funeral|festival|fair|concert|gig|movies|cinema|theatre|airport|station|plane|train|bus|car"
    r"|hotel|restaurant|diner|cafe|canteen|cafeteria|place|house|home|kitchen|sofa|couch|bed|stadium|picnic|barbecue"
    r"|bbq|church|temple|mosque|hospital|ward|hostel|campsite|tent|boat|ferry|terrace|balcony|porch|sun|rain|road|way"
    r"|morning|afternoon|evening|night|weekend|break|meeting|drive|walk|run|shift|lecture|class|tub|packet|fridge"
    r"|freezer|jar|tin|pan|pot|box|bag|container|carton|bottle)"
)
_BREAK = re.compile(
    rf"\s+(?:with|at|on|in|during|for|over)\s+(?:{_WHOSE}\s+)?(?:\w+\s+)?(?:break|breaktime)\b"
    r"|\s+on (?:the )?(?:top|bottom)\b(?! of)"
    rf"|\s+(?:that |which )?(?:{_WHOSE}\s+)?{_PEOPLE}\s+(?:left|didnt|wouldnt|couldnt|made|brought|cooked|bought)\b[^,;]*"
    r"|\s+(?:straight|right|direct(?:ly)?|fresh|cold|hot) (?:from|out of) [^,;]*"
)
_TAIL = re.compile(
    r"\s+(?:in|at|by|on|from|near|outside|beside|after|before|during|while|for|between|round|around|under|along|off"
    rf"|over|next to|out of)\s+(?P<whose>{_WHOSE}\s+)?(?P<where>[a-z]+(?: [a-z]+){{0,3}})$"
)
_COMPANY = re.compile(rf"\s+(?:with|for|from|by)\s+(?:{_WHOSE}\s+)?{_PEOPLE}$")
# a clause that tells what became of the food
_CLAUSE = re.compile(
    r"^(?:(?:i |we |all |then )?(?:shared|split)(?: it)?(?: (?!half)[a-z ]+)?|finished (?:it|off|up|the)?[a-z ]*"
    rf"|(?:{_WHOSE} )?{_PEOPLE} (?:had|ate|left|made|brought|cooked|took|finished)\b.*|(?:straight|right|cold|fresh)"
    r" (?:from|out of) .*|(?:takeaway|takeout|restaurant|pub|diner|cafe|hotel|normal|usual|standard|average|regular"
    r"|typical|normal|decent|proper)(?:[- ]?style)? (?:portions?|size|sized|serving|helping)(?: each)?"
    r"|(?:\w+ )?(?:size|sized)|everything|the lot|the usual|as usual|all of it|all gone|(?:was )?(?:so |very |really )?"
    r"(?:yum|yummy|nice|lovely|delicious|tasty|filling|good)|for (?:one|1|two|2|me)|just me|to share|to go|on the go"
    r"|(?:\d+(?:\.\d+)?|an?|one|two|three) \w+ worth|left ?overs?|from (?:the )?(?:night before|last night|yesterday)"
    r"|(?:in|at|by|outside|near|during|while) (?:the|my|our) \w+(?: \w+)?)$"
)
_SIZED = re.compile(
    r"\b(?P<unit>thumb|palm|fist|hand|golf ball|matchbox)[- ]?(?:sized?|length)(?: (?:bits?|pieces?|chunks?|lumps?|slices?))?\b"
)
_WINE = re.compile(
    r"(?P<measure>\b(?:glass(?:es)?|bottles?|carafe|ml)\s+(?:of\s+)?)"
    r"(?:(?:dry|medium|sweet|crisp|chilled|house|cold|nice|cheap|good|big|oaky|light) )*"
    r"(?P<colour>white|red|rose)(?=\s*(?:$|[,;.)&+]|\b(?:and|with|n)\b))"
)
_KINDS = frozenset(
    "soup pie sandwich juice pizza curry crisp smoothy smoothie milkshake cake quiche squash muffin".split()
)
_STARCH = r"(?:pasta|spaghetti|linguine|penne|noodles?|macaroni|fusilli|tagliatelle|rice)"
_DRY = re.compile(
    rf"^(?:(?:dry|dried|uncooked|raw) )+(?P<kind>{_STARCH})$|^(?P<other>{_STARCH}) (?:dry|dried|uncooked|raw)$"
)
_PASTA_DISH = re.compile(
    rf"\b(?:{_STARCH}|carbonara|bolognese|lasagne|risotto|paella|pilaf|alfredo|arrabbiata|puttanesca|aglio)\b"
)
SOAKED_UP = 2.4  # g of cooked pasta or rice that 1 g of dry gives


def alone(line: str, reader: Reader) -> str:
    """Take off what is said behind a clear food: the place, the company, the occasion, what became of it.

    Parameters: line, of `plain`; reader. Returns: the line.

    >>> from twitchwise.diet.match import reader_of
    >>> from twitchwise.foods.search import curated_index
    >>> alone("banana in the pub garden", reader_of(curated_index()))
    'banana'
    """
    line = _WINE.sub(r"\g<measure>\g<colour> wine", _SIZED.sub(r"1 \g<unit>", line))
    line = re.sub(r"\b1 1 (?=thumb|palm|fist)|\ban? 1 (?=thumb|palm|fist)", "1 ", line)
    line = _brackets(line, reader)
    pieces = re.split(r"(\s*[,;]\s*)", line)
    kept = [_without_tail(pieces[0], reader)]
    for joint, clause in zip(pieces[1::2], pieces[2::2], strict=True):
        if not (_CLAUSE.match(clause.strip()) and not reader.known(clause)):
            kept += [joint, _without_tail(clause, reader)]
    return "".join(kept)


def _clear(words: str, reader: Reader) -> bool:
    """Say whether the last food of some words is one that we know well."""
    last = re.split(r"[,;&+]|\b(?:and|with|plus)\b", words)[-1].strip()
    name = re.sub(r"^(?:an?|some) ", "", without(last, amounts_of(last)))
    hit = reader.find(name).hit if name else None
    return hit is not None and (reader.known(name) or hit.score >= SURE_SCORE or reader.of_kind(name).hit is not None)


def _without_tail(text: str, reader: Reader) -> str:
    for pattern in (_BREAK, _COMPANY):
        cut = pattern.sub("", text)
        if cut != text and _clear(cut, reader):
            text = cut
    found = _TAIL.search(text)
    if not found or reader.known(text) or not _clear(text[: found.start()], reader):
        return text
    words = found["where"].split()
    place = bool(re.fullmatch(_PLACES, words[-1])) and found["whose"] is not None
    food = any(reader.known(word) for word in words) or words[-1] in measure_ids() or only_detail(found["where"])
    strange = found["whose"] is not None and not food and not any(set(marks(w)) & reader.vocabulary for w in words)
    return text[: found.start()] if place or strange else text


def _brackets(line: str, reader: Reader) -> str:
    """Leave out one strange word in brackets behind a clear food, and the flavour of a drink."""

    def instead(found: re.Match[str]) -> str:
        before, inside = line[: found.start()], found.group(1)
        if not _clear(before, reader):
            return found.group()
        strange = not set(marks(inside)) & reader.vocabulary and inside not in measure_ids()
        strange = strange or (reader.mend(inside) != inside and not reader.known(inside))
        gone = strange and not amounts_of(f"{inside} x") or bool(_CLAUSE.match(inside)) and not reader.known(inside)
        return " " if gone else found.group()

    return re.sub(r"\s*\(([a-z]+(?: [a-z]+)?)\)", instead, line)


def kinds_behind(parts: Sequence[Part], reader: Reader) -> list[Part]:
    """Join a dish and its kind behind a comma: "soup, mushroom"; a drink told twice is the narrower one.

    Parameters: parts; reader. Returns: the parts.
    """
    if len(parts) != 2 or parts[1].joint != "," or parts[1].amounts:
        return list(parts)
    first, kind = parts
    together = f"{kind.words} {first.words}"
    if set(marks(first.words)[-1:]) & _KINDS and reader.known(together):
        return [replace(first, words=together, said=f"{first.said}, {kind.said}")]
    food, base = reader.find(kind.words).food, reader.find(first.words).food
    drinks = food and base and food.group == base.group and ("drink" in food.group or food.group == "alcohol")
    if drinks and food and set(marks(first.words)) <= {m for n in (food.name, *food.synonyms) for m in marks(n)}:
        return [replace(first, words=kind.words, said=f"{first.said}, {kind.said}")]
    return list(parts)


def dry_weight(parts: Sequence[Part]) -> list[Part]:
    """Read the weight of dry pasta or rice behind a dish of it as the weight of the dish.

    Parameters: parts. Returns: the parts.
    """
    out: list[Part] = []
    for part in parts:
        one = part.amounts[0] if len(part.amounts) == 1 else None
        mass = one is not None and bool(one.unit) and measure(one.unit).kind == "mass"
        dish = bool(out) and not out[-1].amounts and bool(_PASTA_DISH.search(out[-1].words))
        if one and mass and dish and part.joint in (",", "(", ";") and _DRY.match(part.words):
            cooked = replace(one, low=one.low * SOAKED_UP, high=one.high * SOAKED_UP)
            out[-1] = replace(out[-1], amounts=(cooked,), said=f"{out[-1].said}, {part.said}")
        else:
            out.append(part)
    return out
