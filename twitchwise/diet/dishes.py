"""Dishes and what they are made of: a list that explains a dish stands for it, a heading is no food."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from twitchwise.diet.amounts import Amount, amounts_of, without
from twitchwise.diet.match import NOISE, Reader, marks
from twitchwise.foods.words import singular

# dishes that take the foods before them into their name: "ham, cheese and pickle sandwich"
HEADS = frozenset(
    map(
        singular,
        """sandwich toastie panini wrap salad soup pie pizza curry smoothie burger stew omelette pasta bake casserole
    stirfry baguette roll bagel risotto quiche cake crumble pudding sauce juice milkshake burrito taco fajita quesadilla
    lasagne lasagna tart frittata kebab sub toasty bap crisp muffin yogurt cereal muesli granola bar squash tea
    jacket
    pasty cannelloni ravioli tortellini gratin
    croissant doughnut donut danish pastry scone pancake waffle sponge
    dhal dal noodle ramen ice-cream cream jam biscuit cookie flapjack tagine chilli chowder sushi skewer""".split(),
    )
)
MIXED = frozenset(
    map(
        singular,
        """curry sushi cannelloni ravioli tortellini pasty stew casserole risotto omelette pie quiche smoothie soup
    frittata lasagne tart wrap""".split(),
    )
)
SAVOURY = frozenset("vegetables legumes meat fish meat_free dairy_eggs".split())
# a sandwich by another name, where the table has only the sandwich
SANDWICH = (
    "baguette",
    "sub",
    "bap",
    "panini",
    "toastie",
    "toasty",
    "roll",
    "ciabatta",
    "sarnie",
    "butty",
    "bloomer",
    "sarny",
)
# words for a whole shelf: what stands in brackets behind them is the food
SHELVES = frozenset(
    "cereal fish cheese fruit nuts veg vegetables meat bread biscuits juice beans snack drink sweets salad".split()
)
# what a dish is made of, where its name does not say it; a list that names two of them tells the dish in parts
MADE_OF = {
    "burger": "bun roll patty cheese lettuce tomato bacon mayonnaise ketchup onion relish",
    "sandwich": "bread slice butter mayonnaise cheese cheddar ham lettuce tomato roll spread filling cucumber"
    " pickle egg tuna chicken turkey bacon avocado salami",
    "salad": "lettuce leaf rocket spinach tomato cucumber oil dressing feta mozzarella olive vinegar avocado carrot"
    " cheese beetroot walnut chickpea bean egg tuna cabbage quinoa couscous radish onion pepper sweetcorn",
    "smoothie": "banana milk berry blueberry strawberry spinach yogurt juice water oat protein mango seed butter kale",
    "shake": "banana milk powder whey protein water yogurt oat butter scoop",
    "fajita": "wrap tortilla pepper chicken onion cheese salsa cream guacamole",
    "taco": "shell tortilla mince cheese salsa lettuce cream beef",
    "wrap": "wrap tortilla lettuce mayonnaise chicken falafel hummus",
    "omelette": "egg cheese mushroom ham butter pepper onion tomato",
    "pizza": "base dough cheese mozzarella tomato",
    "stir fry": "noodle rice pepper vegetable sauce oil prawn tofu chicken",
    "porridge": "oat milk water",
    "oatmeal": "oat milk water",
}
_MADE = {singular(dish): frozenset(made.split()) for dish, made in MADE_OF.items()}
# of these a part is named after the dish: "burger bun"
_NAMES_PARTS = ("burger", "taco")
LISTED = 2  # so many parts of a dish tell that the list is the dish
# "beans" beside these are the ones in tomato sauce
_BAKED = re.compile(
    r"\b(?:toast|jacket|potato(?:es)?|sausages?|bacon|chips|hash browns?|fish fingers?|waffles?"
    r"|fry ?up|nuggets|mash|fries|eggs?)\b"
)
_CHILLI = re.compile(r"\b(?:rice|nachos?|tortillas?|sour cream|jacket|tacos?|cheese|guacamole|corn ?bread|bowl)\b")
_STEWED = re.compile(r"\b(?:stew|goulash|casserole|mince|hot ?pot)\b")
_SPIRIT = re.compile(r"\b(?:vodka|gin|rum|whisk(?:e)?y|brandy|tequila|bourbon|scotch|campari|aperol)\b")
_RENAMED = {"peppers": "bell pepper", "slaw": "coleslaw"}
# plates that everybody writes in parts
_PLATES = re.compile(
    r"\b(?:english|irish|scottish|fry ?up|(?:english|cooked) breakfast"
    r"|(?:sunday|christmas|roast) (?:roast|dinner|lunch)"
    r"|mezze|platter|ploughmans|meal deal|picnic|buffet|tapas|bento|charcuterie|cheese ?board|antipasti|lunch ?box"
    r"|packed lunch|bbq|barbecue|curry night|takeaway)$"
    r"|^(?:(?:big|side|green|mixed|huge|small) )?(?:salad|smoothie|roast)$"
)
_PLATED = re.compile(r"^((?:full )?(?:english|irish)(?: breakfast)?|fry ?up|cooked breakfast|roast dinner) (?=\d)")
_HEADING = re.compile(r"^([a-z][a-z ]{2,30}?)\s*(?::|\s-)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Part:
    """Words that are one food, the amounts that stand with them, and the word that joins them to the part before."""

    words: str
    amounts: tuple[Amount, ...] = ()
    said: str = ""
    joint: str = ""
    lead: bool = False  # an amount stands in front of the words
    spread: str = field(default="")  # a size that was said of the whole plate


def heading(line: str, reader: Reader) -> str:
    """Read what stands before a colon or a dash: a dish told in parts, or words that are no food.

    Parameters: line, of `plain`; reader. Returns: the line, the list in brackets or without its heading.
    """
    found = _HEADING.match(_PLATED.sub(r"\1: ", line))
    if not found:
        return line
    line = _PLATED.sub(r"\1: ", line)
    head, rest = found.group(1).strip(), line[found.end() :]
    foods = _foods_of(rest, reader)
    if len(foods) > LISTED:
        rest = ", ".join(foods)
        if _PLATES.search(head) or (_all_told(head, foods) and _listed(head, foods) > LISTED):
            return rest
        if (meat := reader.find(head).food) and meat.group in ("meat", "fish") and "dish" not in meat.tags:
            return f"{head}, {rest}"
    if head in SHELVES and "salad" not in head and re.search(r"[,&+]", rest):
        return rest
    if reader.find(head).hit is None and not amounts_of(head) and not re.search(r"\b(?:and|with)\b|,", head):
        return rest
    if not re.search(r"[,+()]", rest) and reader.known(f"{without(rest, amounts_of(rest))} {head}"):
        written = " ".join(rest[one.begin : one.end] for one in amounts_of(rest))
        return f"{written} {without(rest, amounts_of(rest))} {head}".strip()
    if re.search(r"[,&+]", rest) and not re.search(r"[()]", rest):
        return f"{head} ({rest})"
    return f"{head}, {rest}" if ":" in found.group() else line


def _all_told(head: str, foods: Sequence[str]) -> bool:
    """Say whether a list names what its heading names: "chicken salad" without chicken in the list is more than it."""
    listed = {mark for food in foods for mark in marks(food)}
    return _kind(head) in _MADE and set(marks(head)[:-1]) <= listed


def _foods_of(rest: str, reader: Reader) -> list[str]:
    """The foods of a list, with their amounts; a list without commas is cut before each known food."""
    pieces = [p.strip() for p in re.split(r"[,;+&]|\band\b|\bwith\b|\bn\b", rest) if p.strip()]
    if re.search(r"[()]", rest):
        return []
    if len(pieces) > 1:
        return (
            pieces if len(pieces) > LISTED and all(reader.find(without(p, amounts_of(p))).hit for p in pieces) else []
        )
    amounts = amounts_of(rest)
    cuts = [0, *(a.begin for a in amounts if a.begin and rest[a.begin] != "x"), len(rest)]
    out: list[str] = []
    for begin, end in pairwise(cuts):
        text = rest[begin:end].strip()
        own = amounts_of(text)
        words = without(text, own)
        if not words:
            continue
        foods = several(words, reader) or ((words,) if reader.known(words) else ())
        if not foods:
            return []
        number = text[: own[0].end].strip() + " " if own and not own[0].begin else ""
        out += [f"{number}{foods[0]}", *foods[1:]]
    return out


def _one_food(words: list[str], reader: Reader) -> bool:
    """A known name that does not merely join known foods: "roast potatoes", not "beans toast"."""
    joined = frozenset(marks(" ".join(words))) in reader.pairs
    return reader.known(" ".join(words)) and not (joined and len(words) > 1 and all(map(reader.known, words)))


def several(words: str, reader: Reader) -> tuple[str, ...]:
    """Cut words into known foods, the longest names first; empty when some word belongs to none.

    Parameters: words; reader. Returns: the foods' words.
    """
    left, found = words.split(), list[str]()
    while left and len(found) < 12:
        stop = next((n for n in range(min(4, len(left)), 0, -1) if _one_food(left[:n], reader)), 0)
        if not stop or all(word in NOISE for word in left[:stop]):
            return ()
        found.append(" ".join(left[:stop]))
        left = left[stop:]
    return tuple(found) if not left and len({marks(one) for one in found}) == len(found) else ()


def _kind(name: str) -> str:
    last = next((singular(w) for w in reversed(name.split()) if w not in NOISE), "")
    if "stir fry" in name:
        return "stir fry"
    return "burger" if last.endswith("burger") else last


def _listed(name: str, others: Sequence[str]) -> int:
    """How many of some foods are parts of a dish by its name or by what such dishes are made of."""
    own = {*_MADE.get(_kind(name), ()), *name.split(), *marks(name)}
    return sum(bool({singular(w) for w in other.split()} & own or set(marks(other)) & own) for other in others)


def explains(name: str, pieces: Sequence[str]) -> bool:
    """Say whether a list in brackets tells all of a dish: half of it with amounts, or a dish that says nothing itself.

    Parameters: name, of the dish; pieces, of the list. Returns: True or False.
    """
    if len(pieces) < LISTED:
        return False
    measured = sum(bool(amounts_of(piece)) for piece in pieces)
    bare = _kind(name) in _MADE and len(marks(name)) <= 1 + (name == "stir fry") and _listed(name, pieces) >= LISTED
    half = _kind(name) in _MADE and len(marks(name)) <= 1 and 2 * measured >= len(pieces)
    return (
        bare
        or (half and _listed(name, pieces) > 0)
        or (2 * measured >= len(pieces) and _listed(name, pieces) >= LISTED)
    )


def written_out(parts: list[Part], reader: Reader) -> list[Part]:
    """Leave out a dish that the foods behind it explain: "cheeseburger, bun, patty, slice of cheese".

    Parameters: parts; reader. Returns: the parts, what belongs to the dish named after it: "burger bun".
    """
    if len(parts) <= LISTED or parts[0].amounts or any(p.joint in ("on", "in") for p in parts[1:]):
        return parts
    name, rest = parts[0].words, parts[1:]
    told = [p for p in rest if p.joint in (",", "then", ":", "-", "with", "and", "+", "&", "made with")]
    kind, exact = _kind(name), all(any(a.unit for a in p.amounts) for p in rest)
    if kind not in _MADE or not (rest[0].joint in (",", "then", ":", "-", "made with") or exact):
        return parts
    if _listed(name, [p.words for p in told]) < LISTED or not any(p.amounts for p in rest):
        return parts
    if kind not in _NAMES_PARTS:
        return rest
    return [replace(p, words=f"{kind} {p.words}") if reader.known(f"{kind} {p.words}") else p for p in rest]


def meant(parts: list[Part]) -> list[Part]:
    """Write in full what the other foods of a line make clear: the beans beside toast are baked beans.

    Parameters: parts. Returns: the parts.
    """
    whole = " ".join(part.words for part in parts)
    names = dict(_RENAMED, beans="baked beans") if _BAKED.search(whole) else _RENAMED
    if _CHILLI.search(whole) or any(a.unit in ("bowl", "plate", "serving") for part in parts for a in part.amounts):
        names = dict(names, chilli="chilli con carne", chili="chilli con carne")
    if _STEWED.search(whole):
        names = dict(names, dumplings="suet dumplings", dumpling="suet dumpling")
    if _SPIRIT.search(whole):
        names = dict(names, soda="soda water")
    return [replace(part, words=names[part.words]) if part.words in names else part for part in parts]
