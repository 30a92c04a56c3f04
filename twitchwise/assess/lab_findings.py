"""Laboratory results that several causes can bring about: they enter as findings, with every cause that can explain
them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twitchwise.assess.network import Network
from twitchwise.evidence import Evidence
from twitchwise.labs import LabReading
from twitchwise.observe.types import FindingSeen, Observations

DIRECTIONS = {"very_low": "low", "low": "low", "high": "high", "very_high": "high"}


def with_lab_findings(
    obs: Observations, labs: Sequence[LabReading], evidence: Evidence, network: Network
) -> Observations:
    """Add the findings that laboratory results stand for.

    Parameters: obs; labs, the readings; evidence; network, for the families. Returns: the observations with one more
    present finding for each result in the named direction, and one more absent finding for each normal one.
    """
    more: dict[str, FindingSeen] = {}
    for reading in labs:
        for row in evidence.lab_findings.values():
            if row.analyte != reading.analyte or reading.superseded_by:
                continue
            present = reading.level == row.level or (not row.only and DIRECTIONS.get(reading.level) == row.level)
            if present or reading.level == "normal":
                more[row.finding] = FindingSeen(row.finding, present, reading.said, reading.origin, sign=True)
    new = [f for f in more.values() if f.id not in obs.present]
    if not new:
        return obs
    present_ids = {w for f in new if f.present for w in network.above[f.id]}
    return replace(obs, findings=(*obs.findings, *new), present=obs.present | present_ids)
