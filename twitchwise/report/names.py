"""What a cause is called for a person: unions are named by their likeliest parts."""

from __future__ import annotations

from collections.abc import Mapping

from twitchwise.assess.types import Cause
from twitchwise.evidence.load import Evidence
from twitchwise.observe.types import Observations

UNIONS = {"medication_effect": "a medicine", "toxin": "a poison or drug", "other": "something else"}
# parts that are named to a person only where triage has found a reason to be seen soon
FRIGHTENING = (
    "multiple_sclerosis stiff_person tetanus epilepsy brain_lesion stroke encephalitis pre_eclampsia blood_clot "
    "parkinsonism adrenal_insufficiency functional_disorder unlisted_medicine unlisted_exposure"
).split()
LEADS = 0.6  # a part that makes up this share of a union stands for it
NOTABLE = 0.25


def _said(obs: Observations, evidence: Evidence) -> Mapping[str, str]:
    """Return what the person wrote for each factor, by the factor's own name."""
    return {
        evidence.factors[f.id].name: f.said or f.member for f in obs.factors if f.present and f.id in evidence.factors
    }


def parts_of(cause: Cause, obs: Observations, evidence: Evidence, urgent: bool) -> list[str]:
    """Name the likeliest parts of a union, in the person's own words where there are any.

    Parameters: cause; obs, the record; evidence, for the names; urgent, whether triage asks to be seen soon.
    Returns: names, likeliest first; none for a cause that is no union.
    """
    if cause.id not in UNIONS or not cause.parts:
        return []
    hidden = {evidence.nodes[id_].name for id_ in FRIGHTENING if id_ in evidence.nodes}
    unlisted = {name for id_, name in ((i, evidence.nodes[i].name) for i in FRIGHTENING[-2:] if i in evidence.nodes)}
    said = _said(obs, evidence)
    shown = {n: p for n, p in cause.parts.items() if n not in (unlisted if urgent else hidden)}
    most = max(shown.values(), default=0.0)
    order = sorted(shown, key=lambda name: -shown[name])
    return list(dict.fromkeys(said.get(n, n) for n in order if shown[n] >= NOTABLE * most))[:3]


def _last_of(cause: Cause, obs: Observations) -> list[str]:
    """Name the product at the end of the leading path, where a union has no part of its own."""
    products = {f.said for f in obs.factors if f.present and f.kind in ("medicine", "supplement", "exposure")}
    return [cause.chain[-1]] if cause.id != "other" and cause.chain and cause.chain[-1] in products else []


def name_of(cause: Cause, obs: Observations, evidence: Evidence, urgent: bool) -> str:
    """Name a cause for a person.

    Parameters: cause; obs, the record; evidence; urgent, whether triage asks to be seen soon. Returns: its name, for
    a union with its likeliest parts.

    >>> from twitchwise.assess.types import Interval
    >>> from twitchwise.evidence.load import load_evidence
    >>> half = Interval(0.5, 0.4, 0.6)
    >>> other = Cause("other", "something else", half, half, "possible", parts={"restless legs": 0.4})
    >>> name_of(other, Observations(), load_evidence(), False)
    'restless legs'
    """
    if cause.id not in UNIONS:
        return cause.name
    parts = parts_of(cause, obs, evidence, urgent) or _last_of(cause, obs)
    if cause.id != "other":
        return f"{UNIONS[cause.id]} ({parts[0]})" if parts else cause.name
    if not parts:
        return cause.name
    leading = max(cause.parts.values(), default=1.0) >= LEADS * max(cause.explains.p, 1e-9)
    return parts[0] if leading or len(parts) == 1 else " or ".join(p.partition(" (")[0] for p in parts[:2])


def plain(text: str, obs: Observations, evidence: Evidence) -> str:
    """Put the text of a reason into words that a worried person can read.

    Parameters: text; obs, the record; evidence. Returns: the text, a bare amount with the name of its habit.
    """
    if text == evidence.findings["health_anxiety"].name:
        return "worry about health"
    habits = {f.said: f for f in obs.factors if f.present and f.kind == "habit"}
    if text in habits and habits[text].id in evidence.factors:
        name = evidence.factors[habits[text].id].name
        return text if name.split()[0].lower() in text.lower() else f"{name}: {text}"
    return text
