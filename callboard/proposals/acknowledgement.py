"""Whether the coordination team said yes to a task, and how that is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from callboard.model import Acknowledgement
from callboard.proposals.memory import Sign, TaskFacts
from callboard.proposals.wording import Verdict, spoken, verdict

_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as the team's yes. Coordinators, columns and statuses by PHID or value, as the server lists them."""

    coordinators: Mapping[str, str]  # PHID → user name
    by: frozenset[str] = frozenset({"comment"})  # "comment", "column"
    wording: tuple[str, ...] = ("acknowledged",)
    columns: frozenset[str] = frozenset()  # PHIDs
    open: frozenset[str] = frozenset(
        {"open", "progress", "stalled"}
    )  # a status that nobody knows closes a task


def acknowledgement(task: TaskFacts, signs: Iterable[Sign], rule: Rule) -> Acknowledgement | None:
    """The earliest yes that still holds, with its evidence.

    A yes is a coordinator's comment with the event's wording, or a coordinator's move to an acknowledging column as long
    as the task lies there. None if the task is closed, hidden or off the project; the proposer's own yes does not count;
    a coordinator's later withdrawal takes back every yes before it.
    """
    if not task.seen or not task.on_project or task.status not in rule.open:
        return None
    comment: Acknowledgement | None = None
    column: Acknowledgement | None = None
    for sign in sorted(signs, key=lambda sign: sign.id):
        if sign.task != task.phid or sign.author not in rule.coordinators or not sign.seen:
            continue
        own = sign.author == task.author
        if sign.how == "column":
            holds = sign.column in rule.columns and sign.column in task.columns
            column = _evidence(sign, rule) if holds and not own else None
            continue
        says = verdict(sign.text, rule.wording)
        if says is Verdict.WITHDRAWN:
            comment = column = None
        elif says is Verdict.YES and not own:
            comment = comment or _evidence(sign, rule)
    found = [yes for yes in (comment, column) if yes is not None and yes.sign in rule.by]
    return min(found, key=lambda yes: yes.at, default=None)


def _evidence(sign: Sign, rule: Rule) -> Acknowledgement:
    words = " ".join(spoken(sign.text).split())
    return Acknowledgement(
        by=rule.coordinators[sign.author],
        by_phid=sign.author,
        at=datetime.fromtimestamp(sign.at, UTC),
        sign=sign.how,
        transaction=sign.phid,
        quote=words if len(words) <= _QUOTE else words[: _QUOTE - 1].rstrip() + "…",
    )
