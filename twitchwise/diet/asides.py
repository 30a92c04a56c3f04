"""What stands behind a food and is none: where and with whom it was eaten, how it was cut, what it weighed dry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from twitchwise.diet.amounts import amounts_of, bare_measure, measure, measure_ids, size_word, without
from twitchwise.diet.brackets import only_detail
from twitchwise.diet.dishes import Part
from twitchwise.diet.match import NOISE, SURE_SCORE, Reader, marks
from twitchwise.foods.words import lexicon

_WHOSE = r"(?:the|my|our|an?|his|her|their|some|that|this)"
_PEOPLE = (
    r"(?:kids?|children|child|boys?|girls?|sons?|daughters?|toddler|baby|husband|hubby|wife|partner|flatmates?"
    r"|housemates?|roommates?|lads|guys|team|boss|parents|cousins?|neighbou?rs?|everyone|everybody|family|friends?|mates?|colleagues?|mum|mom|dad|nan|gran|granny|grandma|sister|brother)"
)
# what a place or an occasion is called; some of these words are foods elsewhere ("game")
_PLACES = (
    r"(?:game|match|pub|bar|garden|park|beach|roadside|street|stall|market|stand|office|work|desk|school|uni|gym|pool"
    r"|club|party|wedding|funeral|festival|fair|concert|gig|movies|cinema|theatre|airport|station|plane|train|bus|car"
    r"|hotel|restaurant|diner|cafe|canteen|cafeteria|place|house|home|kitchen|sofa|couch|bed|stadium|picnic|barbecue"
    r"|bbq|church|temple|mosque|hospital|ward|hostel|campsite|tent|boat|ferry|terrace|balcony|porch|sun|rain|road|way"
    r"|morning|afternoon|evening|night|weekend|break|meeting|drive|walk|run|shift|lecture|class|tub|packet|fridge"
    r"|freezer|sea|seaside|coast|river|lake|pier|town|village|city|counter|shop|store|hall|library|classroom"
    r"|birthday|anniversary|celebration|jar|tin|pan|pot|box|bag|container|carton|bottle)"
)
_REST = r"\b(?:(?!\s(?:with|and|plus|in)\b)[^,;(+&])*"
_BREAK = re.compile(
    rf"\s+(?:with|at|on|in|during|for|over)\s+(?:{_WHOSE}\s+)?(?:\w+\s+)?(?:break|breaktime)\b"
    r"|\s+on (?:the )?(?:top|bottom)\b(?! of)"
    r"|\s+(?:at|in|from) (?:the |a |my )?(?:local )?greasy spoon\b"
    rf"|\s+while [a-z]+ing{_REST}"
    rf"|\s+(?:that |which )?(?:{_WHOSE}\s+)?{_PEOPLE}\s+"
    rf"(?:(?:left|didnt|wouldnt|couldnt){_REST}|(?:made|brought|cooked|bought)(?: (?:for (?:me|us)|over|round))?)"
    r"(?=\s*(?:$|[,;(+&]|\b(?:with|and|plus)\b))"
    rf"|\s+(?:straight|right|direct(?:ly)?|fresh|cold|hot) (?:from|out of) (?:the |an? |my )?(?:tub|pot|tin|can|jar"
    r"|pack|packet|box|carton|fridge|freezer|oven|pan|bag|bottle|shop|garden|farm|market)\b"
)
_TAIL = re.compile(
    r"\s+(?:in|at|by|on|from|near|outside|beside|after|before|during|for|between|throughout|across"
    rf"|round|around|under|along|off|over|next to|out of)\s+(?P<whose>{_WHOSE}\s+)?(?P<where>[a-z]+(?: [a-z]+){{0,3}})$"
)
_COMPANY = re.compile(rf"\s+(?:with|for|from|by)\s+(?:{_WHOSE}\s+)?{_PEOPLE}$")
# a clause that tells what became of the food
_CLAUSE = re.compile(
    r"^(?:(?:i |we |all |then )?(?:shared|split)"
    r"(?: (?:it|them|this|one|(?:the|an?|our) (?:pan|dish|plate|pot|bowl|tray|tub|bag|pizza|portion|lot)))?"
    r"(?: (?:with|between|among) [a-z ]+)?"
    r"|finished (?:it(?: all| off)?|all of it|everything|off|the (?:lot|plate|bowl|pack|tub|pot|tin|whole thing))"
    rf"|(?:{_WHOSE} )?{_PEOPLE} (?:(?:had|ate|left|took|finished)\b.*|(?:made|brought|cooked|bought)(?: it| them)?)"
    r"|(?:straight|right|cold|fresh) (?:from|out of) .*"
    r"|(?:takeaway|takeout|restaurant|pub|diner|cafe|hotel|normal|usual|standard|average|typical|decent|proper)"
    r"(?:[- ]?style)? (?:portions?|size|sized|serving|helping)(?: each)?|(?:\w+ )?(?:size|sized)"
    r"|everything|straight|the lot|the usual|as usual|all of it|all gone"
    r"|(?:blue|rare|medium[- ](?:rare|well)|well[- ]done)|(?:bone|skin)[- ](?:in|on|off)|boneless"
    r"|cored|pitted|stoned|destoned|deseeded|o+ps|whoops|naughty|oh well"
    r"|(?:was )?(?:so |very |really )?(?:yum|yummy|nice|lovely|delicious|tasty|filling|good)"
    r"|for (?:one|1|two|2|me)|just me|to share|to go|on the go|left ?overs?"
    r"|(?:\d+(?:\.\d+)?|an?|one|two|three) \w+ worth|from (?:the )?(?:night before|last night|yesterday)"
    rf"|(?:in|at|by|outside|near|during) {_WHOSE} (?:\w+ )?{_PLACES})$"
)
_STARCH = r"(?:pasta|spaghetti|linguine|penne|noodles?|macaroni|fusilli|tagliatelle|rice)"
_SIZED = re.compile(
    r"\b(?:an? |1 )?(?P<like>thumb|palm|fist|hand|golf ball|matchbox)[- ]?(?:sized?|length)"
    r"(?: (?:bits?|pieces?|chunks?|lumps?|slices?))?\b"
)
_LIKE = {"thumb": "1 thumb", "matchbox": "30 g", "golf ball": "30 g"}
_SHAPE = frozenset("corner end edge middle leftover last remaining remains wee cheeky sneaky sized sort kind".split())
_DRIED = re.compile(
    rf"\s*\(\s*([\d.]+ ?(?:g|oz) (?:of )?(?:dry|dried|uncooked|raw) {_STARCH}|[\d.]+ ?(?:g|oz) {_STARCH} dry)\s*\)"
)
_WINE = re.compile(
    r"(?P<measure>\b(?:glass(?:es)?|bottles?|carafe|ml)\s+(?:of\s+)?)"
    r"(?:(?:dry|medium|sweet|crisp|chilled|house|cold|nice|cheap|good|big|oaky|light) )*"
    r"(?P<colour>white|red|rose)(?=\s*(?:$|[,;.)&+]|\b(?:and|with|n|between|at|in|on|over|from)\b))"
)
_KINDS = frozenset(
    "soup pie sandwich juice pizza curry crisp smoothy smoothie milkshake cake quiche squash muffin".split()
)
_KIND_OF = {
    "tea": ("green", "peppermint", "camomile", "chamomile", "herbal", "rooibos", "fruit", "white", "decaf"),
    "milk": ("oat", "soy", "soya", "almond", "coconut", "goat", "goats", "cashew", "hazelnut", "hemp", "skimmed"),
    "ice-cream": ("vanilla", "chocolate", "strawberry", "mint", "coffee", "coconut", "caramel"),
    "yogurt": ("vanilla", "strawberry", "raspberry", "cherry", "peach", "lemon", "coconut"),
    "bagel": ("sesame", "onion", "cinnamon", "poppy"),
    "potato": ("mashed", "roast", "boiled", "baked", "jacket", "new"),
    "wine": ("red", "white", "rose"),
    "bread": ("rye", "white", "brown", "wholemeal", "sourdough", "soda"),
}
_DRY = re.compile(
    rf"^(?:(?:dry|dried|uncooked|raw) )+(?P<kind>{_STARCH})$|^(?P<other>{_STARCH}) (?:dry|dried|uncooked|raw)$"
)
_PASTA_DISH = re.compile(
    rf"\b(?:{_STARCH}|carbonara|bolognese|lasagne|risotto|paella|pilaf|alfredo|arrabbiata|puttanesca|aglio)\b"
)
LONG = 3  # letters; a shorter measure has to stand with its number
SOAKED_UP = 2.4  # g of cooked pasta or rice that 1 g of dry gives


def alone(line: str, reader: Reader) -> str:
    """Take off what is said behind a clear food: the place, the company, the occasion, what became of it.

    Parameters: line, of `plain`; reader. Returns: the line.

    >>> from twitchwise.diet.match import reader_of
    >>> from twitchwise.foods.search import curated_index
    >>> alone("banana in the pub garden", reader_of(curated_index()))
    'banana'
    """
    line = _SIZED.sub(lambda found: _LIKE.get(found["like"], "1 piece"), _DRIED.sub(r", \1", line))
    line = _brackets(_WINE.sub(r"\g<measure>\g<colour> wine", line), reader)
    pieces = re.split(r"(\s*[,;]\s*)", line)
    kept = [_without_tail(pieces[0], reader)]
    for joint, clause in zip(pieces[1::2], pieces[2::2], strict=True):
        clause = re.sub(r"^shared (?=an? |\d)", "", clause)
        sized = clause.endswith(("size", "sized")) and size_word(clause) is not None
        if sized or reader.known(clause) or not _CLAUSE.match(clause.strip()):
            clause = re.sub(r"\s+sized?$", "", clause) if sized else clause
            kept += [joint, _measure_alone(clause) or _without_tail(clause, reader)]
    return "".join(kept)


def _measure_alone(clause: str) -> str:
    """Read "leftover square" and "tiny corner piece" as a square and a tiny piece; "" for other words."""
    words = [w for w in clause.split() if w not in _SHAPE]
    if not words or words[-1] not in measure_ids() or len(words[-1]) < LONG or len(words) == len(clause.split()):
        return ""
    if any(w not in NOISE and size_word(w) is None for w in words[:-1]):
        return ""
    return "1 " + " ".join(w for w in words if w == words[-1] or size_word(w))


def _clear(words: str, reader: Reader) -> bool:
    """Say whether the last food of some words is one that we know well."""
    last = re.split(r"[,;&+]|\b(?:and|with|plus)\b", words)[-1].strip()
    name = re.sub(r"^(?:an?|some) ", "", without(last, amounts_of(last)))
    loose = bare_measure(name) or size_word(name)
    name = reader.mend(without(name, (loose,)) if loose else name)
    if not any(c.isalpha() for c in name):
        return False
    hit = reader.find(name).hit
    sure = hit is not None and hit.score >= SURE_SCORE
    return sure or reader.known(name) or reader.of_kind(name).hit is not None


def _without_tail(text: str, reader: Reader) -> str:
    for pattern in (_BREAK, _COMPANY):
        cut = pattern.sub("", text)
        if cut != text and (_clear(cut, reader) or _placeless(cut, reader) != cut):
            text = cut
    return _placeless(text, reader)


def _placeless(text: str, reader: Reader) -> str:
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
        words = inside.split()
        sized = any(w in measure_ids() for w in words) or size_word(inside) is not None or only_detail(inside)
        if sized or not _clear(before, reader):
            return found.group()
        if _flavour(before, inside, reader):
            return " "
        mended = reader.mend(inside)
        foreign = mended != inside or not set(marks(inside)) & reader.vocabulary
        strange = foreign and not reader.known(mended)
        gone = (strange and not amounts_of(f"{inside} x")) or (bool(_CLAUSE.match(inside)) and not reader.known(inside))
        return " " if gone else found.group()

    return re.sub(r"\s*\(([a-z]+(?: [a-z]+)?)\)", instead, line)


def _flavour(before: str, inside: str, reader: Reader) -> bool:
    """Say whether a fruit or root in brackets is what a bought drink tastes of: "bubble tea (taro)"."""
    last = re.split(r"[,;&+]|\b(?:and|with|plus)\b", before)[-1].strip()
    drink = reader.find(without(last, amounts_of(last))).food
    food = reader.find(inside).food if reader.known(inside) else None
    bought = drink is not None and drink.group == "drinks" and len(marks(last)) > 1
    return bought and food is not None and food.group in ("fruit", "vegetables") and not amounts_of(inside)


def kinds_behind(parts: Sequence[Part], reader: Reader) -> list[Part]:
    """Join a food and its kind behind a comma: "soup, mushroom"; of a drink told twice the narrower one is left.

    Parameters: parts; reader. Returns: the parts.
    """
    out = list(parts)
    if len(out) < 2 or out[1].joint != "," or (out[0].amounts and out[1].amounts) or out[1].lead:
        return out
    first, rest = out[0], [out[1], *(p for p in out[2:] if not only_detail(p.words))]
    whole = " ".join(p.words if not n else f"{p.joint} {p.words}" for n, p in enumerate(rest))
    if marks(first.words)[-1:] == ("crisp",) and len(rest) > 1 and reader.known(f"{whole} {first.words}"):
        return [replace(first, words=f"{whole} {first.words}", amounts=rest[-1].amounts)]
    if len(rest) != 1:
        return out
    kind, said = out[1], f"{first.said}, {out[1].said}"
    amounts = first.amounts or kind.amounts
    together = f"{kind.words} {first.words}"
    if reader.known(together) and _names_kind(kind.words, first.words, reader):
        return [replace(first, words=together, amounts=amounts, said=said), *out[2:]]
    if _narrower(kind.words, first.words, reader):
        return [replace(first, words=kind.words, amounts=amounts, said=said), *out[2:]]
    return out


def _names_kind(kind: str, food: str, reader: Reader) -> bool:
    """Say whether a word behind a food tells its kind and is no food beside it: "milk, oat", "tea, green"."""
    head = (marks(food)[-1:] or ("",))[0]
    if kind.endswith(" milk"):
        return food not in ("tea", "coffee")
    if head in _KINDS or kind in _KIND_OF.get(head, ()):
        return True
    hit = reader.find(kind).hit
    return hit is None or kind in lexicon().states


def _narrower(kind: str, food: str, reader: Reader) -> bool:
    """Say whether two drinks, or a shelf and a food of it, are one: "espresso, doppio", "cheese, cheddar"."""
    one, base = reader.find(kind).food, reader.find(food).food
    if one is None or base is None or not reader.known(kind) or kind == food:
        return False
    drinks = one.group == base.group and one.group in ("drinks", "alcohol")
    named = set(marks(food)) <= {mark for name in (one.name, *one.synonyms) for mark in marks(name)}
    fish = food == "fish" and one.group == "fish"
    return fish or (named and (drinks or food in ("cheese", "nuts", "biscuits", "cereal", "meat")))


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
