"""The register of triage rules: each is one small function from a record to a reason, or None."""

from __future__ import annotations

from collections.abc import Callable

from twitchwise.triage.view import View

Rule = Callable[[View], str | None]
RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Enter a function in the register under an id of data/triage/rules.toml.

    Parameters: name, id of the rule. Returns: a decorator that leaves the function as it is. Raises: ValueError when
    the id is taken.

    >>> callable(rule("any_new_id"))
    True
    """

    def enter(function: Rule) -> Rule:
        if name in RULES:
            raise ValueError(f"two triage rules have the id {name!r}")
        RULES[name] = function
        return function

    return enter


def because(found: str, why: str) -> str | None:
    """Make the reason of a rule from what was found and why it matters.

    Parameters: found, plain words or ""; why, the rest of the sentence. Returns: a sentence, or None without a finding.

    >>> because("fever with stiff neck", "this needs help now")
    'Fever with stiff neck: this needs help now.'
    """
    return f"{found[0].upper()}{found[1:]}: {why}." if found else None
