"""Proposals from a JSON file, for trying the rules without a board.

    [{"task": "T900001", "title": "[Session] Bots", "acknowledged": true, "owners": ["Ada"]},
     {"task": "T900002", "title": "Maps", "status": "declined"},
     {"task": "T900003", "title": "Lua", "acknowledged": {"by": "coordinator", "at": "2021-05-01T10:00:00Z"}}]

`task` and `title` are needed; an object with the tasks as keys is read as well. `status` is "open" unless given; `closed` follows from it. `owners` are wiki accounts that
are known to be the author's, `claims` such that the task only names; `slot` is what a coordinator's comment asks for ("2021-05-22 14:00, Hacking room 1"). `acknowledged` may say by whom, when, by which
`sign`, with which `transaction` and `quote`. `author`, `description`, `format`, `minutes`, `visible`, `submitted`, `merged_into`, `closer`, `column`, `board`, `kind` ("session", "project", "other"), `fields`,
`missing` and `contradictions` may be given as well.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from callboard.config import Event
from callboard.errors import ConfigError
from callboard.model import Acknowledgement, Claim, Proposal, SlotWish
from callboard.proposals.fields import read_fields
from callboard.proposals.hours import with_hours

_OPEN = frozenset({"open", "stalled", "progress"})
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # when nobody says when


class _Yes(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str = ""
    at: AwareDatetime = _LONG_AGO
    sign: Literal["comment", "column", "tag", "status"] = "comment"
    transaction: str = ""
    quote: str = ""

    def evidence(self) -> Acknowledgement:
        return Acknowledgement(self.by, "", self.at.astimezone(UTC), self.sign, self.transaction, self.quote)


def _yes(value: object) -> object:
    return {} if value is True else None if value is False else value


def _spelt(name: str) -> str:
    """The name as the wiki spells it."""
    return name[:1].upper() + name[1:].replace("_", " ")


def _task(value: object) -> object:
    return f"T{value}" if isinstance(value, int) and not isinstance(value, bool) else value


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    task: Annotated[str, BeforeValidator(_task), Field(pattern=r"^T[1-9]\d{0,9}$")]
    title: str
    status: str = "open"
    closed: bool | None = None
    acknowledged: Annotated[_Yes | None, BeforeValidator(_yes)] = None
    owners: tuple[str, ...] = ()
    author: str = ""
    description: str = ""
    format: str | None = None
    minutes: Annotated[int, Field(gt=0)] | None = None
    visible: bool = True
    recording: str = ""
    slot: str = ""
    submitted: AwareDatetime | None = None
    merged_into: str = ""
    closer: str = ""
    column: str = ""
    board: str = ""
    kind: Literal["session", "project", "other"] = "session"
    fields: Mapping[str, str] = Field(default_factory=dict)
    missing: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    def proposal(self) -> Proposal:
        yes = self.acknowledged
        return Proposal(
            task=self.task,
            phid=f"PHID-TASK-{self.task}",
            title=self.title,
            author=self.author,
            status=self.status,
            closed=self.status not in _OPEN if self.closed is None else self.closed,
            description=self.description,
            visible=self.visible,
            acknowledged=yes.evidence() if yes else None,
            was_acknowledged=yes.evidence() if yes else None,
            owners=tuple(map(_spelt, self.owners)),
            minutes=self.minutes,
            format=self.format,
            recording=self.recording,
            slot=self._wish(),
            submitted=self.submitted.astimezone(UTC) if self.submitted else None,
            merged_into=self.merged_into,
            closer=self.closer,
            column=self.column,
            board=self.board,
            kind=self.kind,
            fields=self.fields,
            missing=self.missing,
            contradictions=self.contradictions,
            claims=tuple(Claim(_spelt(name), "unverified") for name in self.claims),
            claimed_names=tuple(map(_spelt, self.claims)),
        )

    def _wish(self) -> SlotWish | None:
        by = self.acknowledged.by if self.acknowledged else ""
        text = " ".join(self.slot.split())
        return (
            SlotWish(text, by or "a coordinator", _LONG_AGO, f"PHID-XACT-{self.task}-slot") if text else None
        )


_ENTRIES: TypeAdapter[list[_Entry]] = TypeAdapter(list[_Entry])


_SAID = {
    "extra_forbidden": "unknown key",
    "missing": "is missing",
    "model_type": "write an object with task and title",
    "list_type": "write a list of tasks",
}


def _told(error: ValidationError, where: str) -> str:
    return "\n".join(
        f"{where}: {'.'.join(str(part) for part in mistake['loc']) or 'the file'}: "
        + _SAID.get(mistake["type"], mistake["msg"])
        for mistake in error.errors(include_url=False, include_context=False)
    )


def proposals_from(data: Any, where: str) -> dict[str, Proposal]:
    """The proposals in JSON data, by task; raises ConfigError with every mistake and its place."""
    if isinstance(data, dict):
        data = [{"task": task, **facts} if isinstance(facts, dict) else facts for task, facts in data.items()]
    try:
        entries = _ENTRIES.validate_python(data)
    except ValidationError as error:
        raise ConfigError(_told(error, where)) from None
    found: dict[str, Proposal] = {}
    for entry in entries:
        if entry.task in found:
            raise ConfigError(f"{where}: {entry.task} stands twice")
        found[entry.task] = entry.proposal()
    return found


def load_proposals(path: Path) -> dict[str, Proposal]:
    """The proposals in a JSON file; raises ConfigError if it cannot be read or is malformed."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: is no JSON in UTF-8: {error}") from None
    return proposals_from(data, str(path))


def read_for(event: Event, proposals: Mapping[str, Proposal]) -> dict[str, Proposal]:
    """The proposals as this event's board would have them: with the fields and the hours that their descriptions give.

    Tasks that name no board lie on its first one; what the file says itself holds. One without a description lacks nothing.
    """
    return with_hours({task: _read(one, event) for task, one in proposals.items()}, event)


def _read(one: Proposal, event: Event) -> Proposal:
    slug = one.board or (event.board[0].project if event.board else "")
    board = event.board_of(slug)
    if board is None or not one.description:
        return replace(one, board=slug)
    read = read_fields(one.description, one.title, board.fields, event.format)
    values = {**read.values, **one.fields}
    minutes = values.get("minutes", "")
    return replace(
        one,
        board=slug,
        fields=values,
        format=one.format or values.get("format"),
        minutes=one.minutes or (int(minutes) if minutes.isdecimal() else None),
        missing=one.missing or tuple(name for name in read.missing if name not in one.fields),
        contradictions=(*one.contradictions, *read.contradictions),
    )
