"""What a phrase says and what it denies: negation, lists of two, other people, the past."""

from __future__ import annotations

from collections.abc import Sequence

from twitchwise.observe.lexicon import Hit

NEGATIONS = frozenset("no not without deny never nor neither negativ non absenc exclud unlik".split())
_CARRIED = frozenset("no not without deny never neither nor".split())
_AFTER = frozenset("absent negativ deny exclud none nil".split())
_STOPS = frozenset("but except however though although only now then yet".split())
# a negation before these words denies something else ("no longer", "no change in")
_OTHER = frozenset("longer only relief chang improvement better worse help benefit idea more effect reliev eas".split())
PEOPLE = frozenset(
    "family mother father brother sister wife husband aunt uncle cousin grandfather grandmother son daughter"
    " parent sibling familial hereditary relativ partner friend neighbor colleague mum mom dad flatmat roommat housemat"
    " girlfriend boyfriend boss coworker grandma granddad grandpa nan".split()
)
WITNESS = frozenset("notic seen see saw report observ witness complain".split())
PAST = frozenset("previous previously past former formerly earlier history childhood former old resolv".split())
# a finding after these words in a note is feared, treated or compared, not present
_DOUBT = PEOPLE | frozenset(
    "worry fear afraid scar like treat for against prevent reliev avoid risk than instead unlik possibl suspect think"
    " thought told diagnos exclud history past previously previous former before if mistak might could mimic convinc"
    " taken taking eas help stop stopp cur until anti ask googl search read".split()
)
HEADS = frozenset(
    "pain weak weakness cramp twitch spasm tingl numb difficult los stiff swell tremor jerk symptom incontinenc"
    " dysfunction"
    " chang disturbanc reflex tender trouble wast pull sens control reduc".split()
)
_LEADS = frozenset(
    "difficult los reduc weak twitch cramp pain tingl numb stiff spasm brisk absent normal swell wast cannot".split()
)


def negated(words: Sequence[str], hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a name in a clause is denied.

    Parameters: words, tokens of the clause; hit, the name; hits, all names of the clause. Returns: True when denied.

    >>> negated(("no", "tremor"), Hit(("tremor",), frozenset({1}), True), [])
    True
    """
    taken = {place for other in hits for place in other.at}
    for place in range(hit.start - 1, -1, -1):
        if words[place] in _STOPS:
            break
        if words[place] in NEGATIONS and place not in taken:
            return words[place + 1] not in _OTHER
    following = words[hit.end + 1 : hit.end + 4]
    return any(word in _AFTER and hit.end + 1 + number not in taken for number, word in enumerate(following)) or (
        tuple(following[:2])
        in {("not", "present"), ("not", "seen"), ("rul", "out"), ("not", "found"), ("not", "elicit")}
    )


def doubtful(words: Sequence[str], hit: Hit) -> bool:
    """Whether a name in a free note is about the past, a fear, another person or a treatment.

    Parameters: words, tokens of the clause; hit, the name. Returns: True when it should not be taken as present.

    >>> doubtful(("fear", "tremor"), Hit(("tremor",), frozenset({1}), True))
    True
    """
    seen = bool(WITNESS & set(words))
    near, before = set(words[max(0, hit.start - 2) : hit.start]), set(words[max(0, hit.start - 4) : hit.start])
    if {"when", "while", "whil", "during"} & near or (_DOUBT - PEOPLE - (WITNESS if seen else set())) & before:
        return True
    return bool(PEOPLE & set(words)) and not seen


def not_theirs(before: Sequence[str]) -> bool:
    """Whether the words before an exposure give it to another person or only fear it.

    Parameters: before, tokens. Returns: True or False.

    >>> not_theirs(("neighbor", "spray")), not_theirs(("with", "friend")), not_theirs(("fear", "poison"))
    (True, False, True)
    """
    if {"fear", "afraid", "scar", "worry", "terrifi", "wonder"} & set(before):
        return True
    return any(word in PEOPLE and before[number - 1] not in ("with", "and") for number, word in enumerate(before))


def spread_out(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Turn a list of two into two clauses: "speech or swallowing difficulty", "pain in arms and legs".

    Parameters: words, tokens of a clause. Returns: one or two clauses.

    >>> spread_out(("speech", "or", "swallow", "difficult"))
    [('speech', 'difficult'), ('swallow', 'difficult')]
    """
    for number, word in enumerate(words[1:-1], start=1):
        if word not in ("and", "or", "/", "&"):
            continue
        if words[-1] in HEADS and number == len(words) - 3 and words[number - 1] not in HEADS:
            stem = words[: number - 1]
            return [(*stem, words[number - 1], words[-1]), (*stem, *words[number + 1 :])]
        if words[0] in _LEADS and number == 2 and len(words) == 4 and words[1] not in HEADS and words[3] not in HEADS:
            return [(words[0], words[1]), (words[0], words[3])]
    return [words]


def excepted(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Split a clause at an exception: "normal examination apart from tremor".

    Parameters: words, tokens of a clause. Returns: one or two clauses.

    >>> excepted(("normal", "exam", "except", "tremor"))
    [('normal', 'exam'), ('tremor',)]
    """
    for number, word in enumerate(words):
        if word in ("except", "apart", "besid", "but", "although", "however", "though") and 0 < number < len(words) - 1:
            rest = words[number + 1 :]
            return [words[:number], rest[1:] if rest[0] in ("from", "for") and len(rest) > 1 else rest]
    return [words]


def carried(clauses: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Carry a denial over a list: "no weakness, numbness or wasting" denies all three.

    Parameters: clauses of one text, in order. Returns: the clauses, each with its own "no".

    >>> carried([("no", "weak"), ("numb", "or", "wast")])
    [('no', 'weak'), ('no', 'numb', 'or', 'wast')]
    """
    found: list[tuple[str, ...]] = []
    for number, clause in enumerate(clauses):
        first = next((word for word in found[-1] if word in _CARRIED), "") if found else ""
        listed = any({"or", "nor"} & set(later) for later in clauses[number:])
        own = clause[0] in NEGATIONS or bool(_STOPS & set(clause[:1])) or "with" in clause[:1]
        found.append((first, *clause) if first and listed and not own else clause)
    return found
