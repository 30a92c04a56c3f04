"""The pieces of a record that can move a cause, in the fixed order in which evidence is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twitchwise.assess.intake_shift import IntakeShift
from twitchwise.assess.network import Network
from twitchwise.evidence import Evidence
from twitchwise.labs import LabReading
from twitchwise.labs.convert import printed, show
from twitchwise.observe.types import Observations


@dataclass(frozen=True)
class Item:
    """One piece of evidence: its key ("factor:0", "lab:2", "present:tetany" ...), its kind and how it reads."""

    key: str
    kind: str  # exposure | lab | clue | sign | present | absent
    text: str
    target: str = ""  # finding, analyte, clue, risk or factor id


def most_specific(ids: Sequence[str], network: Network) -> list[str]:
    """Drop every finding that another one in the list is a kind of.

    Parameters: ids, finding ids; network, for the families. Returns: the ids that are left, in order, once each.
    """
    wider = {w for i in ids for w in network.above.get(i, ())[1:]}
    return [i for i in dict.fromkeys(ids) if i not in wider]


def least_specific(ids: Sequence[str], network: Network) -> list[str]:
    """Drop every finding that is a kind of another one in the list: a denial of the wider one says it already.

    Parameters: ids, finding ids; network, for the families. Returns: the ids that are left, in order, once each.
    """
    stated = set(ids)
    return [i for i in dict.fromkeys(ids) if not stated.intersection(network.above.get(i, ())[1:])]


def present_findings(obs: Observations, network: Network) -> list[str]:
    """Return the present findings that are counted, the most specific of each family.

    Parameters: obs, the observations; network. Returns: finding ids in the order of the record.
    """
    return most_specific([f.id for f in obs.findings if f.present], network)


def absent_findings(obs: Observations, network: Network) -> list[str]:
    """Return the absent findings that are counted.

    Parameters: obs, the observations; network. Returns: finding ids, none of which is a kind of a present one's
    wider form.
    """
    ids = [f.id for f in obs.findings if not f.present and f.id not in obs.present]
    return least_specific(ids, network)


def items_of(
    obs: Observations,
    labs: Sequence[LabReading],
    evidence: Evidence,
    network: Network,
    diet: Sequence[IntakeShift] = (),
) -> list[Item]:
    """List the pieces of a record in the order exposures, labs, clues, signs, present findings, absent findings.

    Parameters: obs, the observations; labs, the readings; evidence and network; diet, what the diary says.
    Returns: the items.
    """
    items = []
    if obs.age is not None or obs.sex:
        years = f"age {obs.age:g}" if obs.age is not None else ""
        items.append(Item("person", "exposure", " ".join(x for x in (years, obs.sex) if x), "person"))
    items += [
        Item(f"risk:{r}", "exposure", evidence.risks[r].name, r) for r in sorted(obs.risks) if r in evidence.risks
    ]
    for number, seen in enumerate(obs.factors):
        word = "takes" if seen.kind in ("medicine", "supplement") else "has"
        said = seen.said if seen.present else f"no {seen.said}"
        text = f"{word} {said}" if seen.present and seen.kind in ("medicine", "supplement") else said
        items.append(Item(f"factor:{number}", "exposure", text, seen.id))
    items += [Item(f"diet:{shift.effect.id}", "exposure", shift.text, shift.effect.id) for shift in diet]
    items += [Item(f"lab:{n}", "lab", lab_text(reading, evidence), reading.analyte) for n, reading in enumerate(labs)]
    items += [Item(f"clue:{c}", "clue", evidence.clues[c].name, c) for c in sorted(obs.clues) if c in evidence.clues]
    names = {f.id: evidence.findings[f.id].name for f in obs.findings if f.id in evidence.findings}
    signs = {f.id for f in obs.findings if f.sign}
    present = present_findings(obs, network)
    items += [Item(f"present:{f}", "sign", names[f], f) for f in present if f in signs]
    items += [Item(f"present:{f}", "present", names[f], f) for f in present if f not in signs]
    items += [Item(f"absent:{f}", "absent", f"no {names[f]}", f) for f in absent_findings(obs, network)]
    return items


def lab_text(reading: LabReading, evidence: Evidence) -> str:
    """Return a reading as a person reads it.

    Parameters: reading; evidence, for the name. Returns: for example "magnesium 0.3 mmol/L (very low)".
    """
    known = evidence.analytes.get(reading.analyte)
    name = known.name if known is not None else reading.analyte.replace("_", " ")
    level = reading.level.replace("_", " ")
    if reading.value is None:
        return f"{name} {level}"
    return f"{name} {show(reading.value, 3)} {printed(reading.unit)} ({level})"
