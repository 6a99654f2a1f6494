"""Writes on tasks what is due there, each once: fresh look, planned again, one edit a task, noted.

For a batch: one look at off switch and schedule, the fresh histories of its tasks in a bounded number of requests, and the
plan again from both; what has its marker on the task is done. Then for each change: claim in the ledger, one edit, note it.

Killed at any line, or without an answer, nothing is sent again before the history was read again, and for some minutes
nothing at all, because the edit may still land. Phabricator compares nothing before it saves, so two copies of the bot are
kept apart by the claim only if they share a ledger; with two ledgers by the look right before.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from callboard.board_told import comment_alone, key_of, move_alone
from callboard.errors import BoardAway, BoardRefused
from callboard.gather import BoardReader
from callboard.ledger import OnTask
from callboard.model import BoardChange, Proposal
from callboard.phabricator import CallRefused
from callboard.plan import Plan, make_plan
from callboard.writing import Held, Writer, WrittenOnTask

# The off switch is read again before each batch: every 20 seconds at two seconds an edit.
BATCH = 10


def write_back(plan: Plan, writer: Writer, board: BoardReader | None, *, confirmed: bool = False) -> None:
    """Write what the plan has for tasks; what was not written is in the writer's results. Raises Stopped."""
    if not plan.board_changes or board is None:
        return
    if (plan.brakes or plan.task_brakes) and not confirmed:
        return
    waiting = plan.board_changes
    try:
        while waiting:
            _Batch(plan, writer, board).write(waiting[:BATCH])
            waiting = waiting[BATCH:]
    except BoardAway as error:
        writer.results.failed.append(f"tasks: {error}; the next tick looks whether it was written")


@dataclass(slots=True)
class _Batch:
    plan: Plan
    writer: Writer
    board: BoardReader
    claimed: set[str] = field(default_factory=set)

    def write(self, changes: Iterable[BoardChange]) -> None:
        refused = [change for change in self._still_due(changes) if not self._write(change)]
        # Who may not move a card may still write on its task; whether the refused edit really did nothing is looked at first.
        both = [change for change in refused if change.text and change.column]
        for change in self._still_due(both):
            if change.text:
                self._write(comment_alone(change))

    def _still_due(self, changes: Iterable[BoardChange]) -> tuple[BoardChange, ...]:
        """What is due of these now, from the pages and the tasks as they are this moment. Raises Stopped and BoardAway."""
        tasks = [change.task for change in changes]
        if not tasks:
            return ()
        before = self.plan.snapshot
        self.writer.look(before.event.pages.schedule)
        snapshot = replace(
            before,
            now=self.writer.now,
            pages={**before.pages, **self.writer.pages},
            proposals=_with(before.proposals or {}, tasks, self.board.histories(tasks)),
        )
        again = make_plan(snapshot, self.writer.wiki.bot, without_notices=True)
        return tuple(change for change in again.board_changes if change.task in tasks)

    def _write(self, change: BoardChange) -> bool:
        """False if Phabricator refused; raises BoardAway if nobody knows whether it was written."""
        event, writer = self.writer.event, self.writer
        key = key_of(change, event)
        if key not in self.claimed and not writer.ledger.claim_on_task(
            event.slug, key, change.task, writer.now
        ):
            why = "it was begun a short while ago and may still land, or another copy of the bot is at it"
            writer.results.held.append(Held(change.task, _said(change), why))
            return True
        self.claimed.add(key)
        try:
            made = self.board.desk().comment_and_move(change.phid, change.text, change.column)
        except CallRefused as refusal:
            self._hold(move_alone(change) if change.column else change, refusal.info)
            return False
        except BoardRefused as refusal:
            self._hold(change, str(refusal))
            raise
        self._note(key, change, "sent")
        writer.results.on_tasks.append(WrittenOnTask(change.task, _said(change), made))
        return True

    def _hold(self, change: BoardChange, reason: str) -> None:
        why = " ".join(reason.split())[:300]
        self._note(key_of(change, self.writer.event), change, "held", why)
        self.writer.results.held.append(Held(change.task, _said(change), why))

    def _note(self, key: str, change: BoardChange, state: str, why: str = "") -> None:
        entry = OnTask(key, change.task, state, self.writer.now, why)
        self.writer.ledger.note_on_task(self.writer.event.slug, entry)


def _with(
    known: Mapping[str, Proposal], tasks: Collection[str], fresh: Mapping[str, Proposal]
) -> dict[str, Proposal]:
    """The proposals with these as they are now; one that cannot be seen any more is not on the board."""
    gone = {
        task: replace(known[task], visible=False) for task in tasks if task in known and task not in fresh
    }
    return {**known, **gone, **fresh}


def _said(change: BoardChange) -> str:
    move = "card moved" if change.column else ""
    comment = f"comment ({change.kind})" if change.text else ""
    return ", ".join(part for part in (comment, move) if part)
