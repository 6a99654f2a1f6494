"""The writer of placed, moved and withdrawn sessions: fresh look, planned again, checked again, one compare-and-swap save.

Killed at any line, nothing is half done. The ledger learns of a wish that was carried out; killed between save and note,
or without an answer, the next look finds it in the bot's own contributions.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from callboard.apply import save_noted, with_rechecked
from callboard.carried_out import remember_carried_out
from callboard.errors import BoardAway
from callboard.gather import BoardReader
from callboard.holding import why_translated
from callboard.model import PageText, Problem
from callboard.placing import NotPlaced
from callboard.placing.change import Change
from callboard.placing.checked import errors, new_problems
from callboard.placing.pages import schedules_of, signups_of
from callboard.placing.wishes import Wished, wishes_in
from callboard.plan import Plan
from callboard.ports import Conflict, Outcome, Refused, Saved, Unchanged, Unknown
from callboard.snapshot import Snapshot
from callboard.writing import Held, Writer, Written

Arrange = Callable[[Snapshot], Change]  # the change for the pages and the board as they are; raises NotPlaced


@dataclass(frozen=True, slots=True)
class Arranged:
    """A change with the problems that it would bring, the worst first."""

    change: Change
    problems: tuple[Problem, ...]

    @property
    def stops(self) -> list[str]:
        """Why a person must confirm it."""
        return [
            *self.change.doubts,
            *(f"{problem.code}: {problem.message}" for problem in errors(self.problems)),
        ]


def arranged(arrange: Arrange, snapshot: Snapshot) -> Arranged:
    """The change as it would be now, the checks run on its result. Raises NotPlaced."""
    change = arrange(snapshot)
    return Arranged(change, new_problems(change, schedules_of(snapshot), signups_of(snapshot), snapshot))


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, for which task, on whose word; `noted` is called once it was saved."""

    arrange: Arrange
    task: str = ""
    reason: str = ""
    confirmed: bool = False
    noted: Callable[[], None] = lambda: None


def save_change(
    order: Order, snapshot: Snapshot, writer: Writer, board: BoardReader | None
) -> Arranged | None:
    """Save the change once, planned from pages and task as they are this moment; what came of it is in the results.

    Returns what was saved. Raises NotPlaced if it cannot be done any more, BoardAway, and Stopped.
    """
    saved: Arranged | None = None
    reason, tries = "", snapshot.event.limits.retries
    while tries:
        snapshot = _fresh(order, snapshot, writer, board)
        now = arranged(order.arrange, snapshot)
        page = snapshot.pages[now.change.page]
        if now.stops and not order.confirmed:
            _hold(writer, now.change, f"{now.stops[0]}; look at it, then confirm with -confirm")
            return None
        if any(_kept_out(writer, step, snapshot.pages[step.page]) for step in now.change.steps):
            return None
        summary = now.change.summary(snapshot.event.pages.about, order.reason)
        outcome = save_noted(writer, page, now.change.after.text, summary, minor=False, noted=order.noted)
        if isinstance(outcome, Conflict):
            reason, tries = outcome.why, tries - 1
            continue
        if not _settled(writer, now.change, page, outcome):
            return None
        saved = saved or now
        if now.change.then is None:
            return saved
        # The session stands on its new page. Planned anew, what is left is to take it off its old one; if that fails it
        # stands twice, which the checks report and the same command finishes.
    writer.results.held.append(
        Held(snapshot.event.pages.schedule[0], "placing", f"people are editing it just now ({reason})")
    )
    return None


def _fresh(order: Order, snapshot: Snapshot, writer: Writer, board: BoardReader | None) -> Snapshot:
    """The pages, and the task if there is one, as they are this moment. Raises Stopped and BoardAway."""
    writer.look(snapshot.event.pages.schedule)
    snapshot = replace(snapshot, pages={**snapshot.pages, **writer.pages})
    if not board or not order.task:
        return snapshot
    return replace(snapshot, proposals=with_rechecked(snapshot.proposals or {}, board, [order.task]))


def _hold(writer: Writer, change: Change, why: str) -> None:
    writer.results.held.append(Held(change.page, change.did, why))


def _kept_out(writer: Writer, change: Change, page: PageText) -> bool:
    verdict, translated = writer.keeps_out(page), why_translated(page)
    if verdict.allowed and page.can_edit and not translated:
        return False
    why = translated or verdict.why or "the page is protected: give the bot the right, or do it by hand"
    _hold(writer, change, why)
    return True


def _settled(writer: Writer, change: Change, page: PageText, outcome: Outcome) -> bool:
    """Whether the page says now what it should; notes how the save ended."""
    if isinstance(outcome, Saved):
        size = len(change.after.text) - len(page.text or "")
        writer.results.written.append(Written(change.page, change.did, outcome.revid, size, outcome.merged))
        if not outcome.merged:
            saved = replace(page, revid=outcome.revid, text=change.after.text, user=writer.wiki.bot)
            writer.pages[change.page] = saved
        return True
    if isinstance(outcome, Refused):
        _hold(writer, change, f"{outcome.why} ({outcome.code})")
    elif isinstance(outcome, Unknown):
        writer.results.failed.append(
            f"[[{change.page}]]: no answer to the save ({outcome.why}); look at the page before you try again: {change.did}"
        )
    return isinstance(outcome, Unchanged)


def carry_out_wishes(plan: Plan, writer: Writer, board: BoardReader | None) -> frozenset[str]:
    """Carry out what coordinators asked for, one session a page and tick; the pages that were saved, or may have been.

    Only where the event lets the bot do it by itself (`board.placing = "apply"`), and the board was read just now.
    """
    event = writer.event
    remember_carried_out(writer.ledger, event, plan.wishes.fulfilled)
    if plan.snapshot.board_note:
        return frozenset()
    done: set[str] = set()
    for wished in plan.wishes.open:
        if event.placing(wished.proposal.board) != "apply":
            continue
        if wished.ready and wished.change and wished.change.page not in done:
            done.add(wished.change.page)
            _carry_out(wished, plan.snapshot, writer, board)
    return frozenset(done)


def _carry_out(wished: Wished, snapshot: Snapshot, writer: Writer, board: BoardReader | None) -> None:
    task = wished.proposal.task
    transactions = [wished.wish.transaction]
    order = Order(
        _again(wished),
        task,
        wished.reason,
        noted=lambda: remember_carried_out(writer.ledger, writer.event, transactions),
    )
    try:
        save_change(order, snapshot, writer, board)
    except NotPlaced as error:
        writer.results.held.append(
            Held(wished.change.page if wished.change else "", f"placing {task}", str(error))
        )
    except BoardAway as error:
        writer.results.failed.append(f"{task}: not placed, the board went away before the save: {error}")


def _again(wished: Wished) -> Arrange:
    """The wish as it stands this moment: the same words of the same comment, on a task that still has its yes."""

    def arrange(snapshot: Snapshot) -> Change:
        for one in wishes_in(snapshot).open:
            if one.wish == wished.wish and one.proposal.task == wished.proposal.task:
                if one.change is None or one.why:
                    raise NotPlaced(one.why)
                return one.change
        raise NotPlaced("the wish was taken back, or somebody has carried it out")

    return arrange


def pages_left(plan: Plan, done: Collection[str]) -> Plan:
    """The plan without these pages: at most one save a page and tick."""
    return replace(plan, pages=tuple(page for page in plan.pages if page.title not in done)) if done else plan
