"""Words that look alike and mean the opposite: no slip of the pen may turn one into the other."""

from __future__ import annotations

# the beginnings of words that turn a meaning round
_TURNS: tuple[tuple[str, str], ...] = (
    ("hypo", "hyper"),
    ("tachy", "brady"),
    ("acid", "alkal"),
    ("left", "right"),
    ("high", "low"),
    ("macro", "micro"),
    ("poly", "olig"),
    ("increas", "decreas"),
    ("supra", "infra"),
    ("pre", "post"),
    ("intra", "extra"),
    ("upper", "lower"),
    ("flex", "exten"),
    ("natr", "kal"),
    ("under", "over"),
    ("miosis", "mydri"),
)
_DENY = ("a", "an", "un", "in", "im", "ir", "non", "ab", "dis", "de", "dys", "anti")


def opposed(first: str, second: str) -> bool:
    """Whether two words that are spelled alike mean opposite or different things.

    Parameters: first and second, words in lower case. Returns: True when one must never stand for the other.

    >>> opposed("hypokalemia", "hyperkalemia"), opposed("alkalosis", "acidosis"), opposed("febril", "afebril")
    (True, True, True)
    >>> opposed("tremmor", "tremor")
    False
    """
    for one, other in _TURNS:
        if (one in first and other in second and one not in second) or (
            other in first and one in second and one not in first
        ):
            return True
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return longer != shorter and longer.endswith(shorter) and longer[: -len(shorter)] in _DENY


# letters that stand for one another in slips of the pen and by ear
_SOUNDS = ("aeiouy", "sz", "ck", "cs", "fv", "mn", "dt", "bp", "gj", "lr")


def likely_slip(written: str, meant: str) -> bool:
    """Whether one word may be the other with a slip of the pen: no opposite, and no letter of another sound.

    Parameters: written and meant, words in lower case. Returns: True when one may stand for the other.

    >>> likely_slip("tremur", "tremor"), likely_slip("rewound", "rebound")
    (True, False)
    """
    if opposed(written, meant):
        return False
    if len(written) != len(meant):
        return True
    pairs = [{a, b} for a, b in zip(written, meant, strict=True) if a != b]
    swapped = len(pairs) == 2 and pairs[0] == pairs[1]
    return swapped or all(any(pair <= set(sounds) for sounds in _SOUNDS) for pair in pairs)
