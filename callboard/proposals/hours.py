"""When the owner of a proposal can be there, from lines of the description like `Availability: Sat 9:00 - 12:00 CEST`."""

from collections.abc import Mapping
from dataclasses import replace

from callboard.config import Event
from callboard.model import Proposal
from callboard.proposals.description import availability_lines
from callboard.read.availability import read_availability


def with_hours(proposals: Mapping[str, Proposal], event: Event) -> dict[str, Proposal]:
    """The proposals with the hours that their descriptions give, where those have one meaning only.

    `**Preferred times:** Saturday 10:00-14:00 UTC`; what is ambiguous (`Saturday morning`) counts as nothing said.
    """
    return {task: _with_hours(proposal, event) for task, proposal in proposals.items()}


def _with_hours(proposal: Proposal, event: Event) -> Proposal:
    lines = availability_lines(proposal.description)
    if not lines:
        return proposal
    read = [read_availability(line, event) for line in lines]
    if any(reading.ambiguous for reading in read):
        return proposal
    found = sorted({interval for reading in read for interval in reading.intervals or ()})
    return replace(proposal, available=tuple(found) or None)
