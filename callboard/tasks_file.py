"""Proposals from a JSON file, for trying the rules without a board.

    [{"task": "T900001", "title": "[Session] Bots", "acknowledged": true, "owners": ["Ada"]},
     {"task": "T900002", "title": "Maps", "status": "declined"},
     {"task": "T900003", "title": "Lua", "acknowledged": {"by": "coordinator", "at": "2021-05-01T10:00:00Z"}}]

`task` and `title` are needed; an object with the tasks as keys is read as well. `status` is "open" unless given; `closed` follows from it. `owners` are wiki accounts that
are known to be the author's; `slot` is what a coordinator's comment asks for ("2021-05-22 14:00, Hacking room 1"). `author`, `description`, `format`, `minutes` and `visible` may be given as well.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from callboard.errors import ConfigError
from callboard.model import Acknowledgement, Proposal, SlotWish

_OPEN = frozenset({"open", "stalled", "progress"})
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # when nobody says when


class _Yes(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str = ""
    at: AwareDatetime = _LONG_AGO


def _yes(value: object) -> object:
    return {} if value is True else None if value is False else value


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
            acknowledged=Acknowledgement(yes.by, "", yes.at.astimezone(UTC), "comment", "") if yes else None,
            owners=tuple(name[:1].upper() + name[1:].replace("_", " ") for name in self.owners),
            minutes=self.minutes,
            format=self.format,
            recording=self.recording,
            slot=self._wish(),
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
