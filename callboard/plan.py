"""The plan: what should be done about a snapshot, as a value that can be shown, checked and applied.

Pure: the same snapshot gives the same plan. What is shown to a person is the very object that `apply` gets.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from callboard.board_told import board_changes, refused
from callboard.checks import run_checks
from callboard.collecting import without_pauses
from callboard.counted import counted
from callboard.exclusion import may_edit, needs_nested
from callboard.holding import why_shrunk, why_translated, why_unread
from callboard.last_look import gone_now, next_look
from callboard.line_authors import changed
from callboard.model import (
    BoardChange,
    LastLook,
    PageText,
    Problem,
    ProposalState,
    ProposedEdit,
    Schedule,
    Severity,
    SignUps,
)
from callboard.notices import kinds
from callboard.notices.delivery import Due, due
from callboard.opting_out import opted_out
from callboard.outbox_words import outbox_problems
from callboard.placing.wishes import Wishes, problems_of, wishes_in
from callboard.problems import finish
from callboard.proposals.states import states
from callboard.rules import SCHEDULE, SIGNUPS, PageKind
from callboard.snapshot import Snapshot
from callboard.tidy import read_page, tidy
from callboard.wikitext.tables import tables

_CALLED = {SCHEDULE: "schedule", SIGNUPS: "sign-up list"}
_NO_SCHEDULE = "no schedule was found on the page, so nobody is sent a notice: restore its table, or make one"


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page: what is understood, what is changed, what is asked."""

    page: PageText
    kind: PageKind
    text: str  # after the SAFE edits
    reading: Schedule | SignUps  # of that text
    applied: tuple[ProposedEdit, ...] = ()
    asks: tuple[ProposedEdit, ...] = ()
    shows: tuple[ProposedEdit, ...] = ()
    problems: tuple[Problem, ...] = ()
    held: str = ""  # why it is not edited
    unread: str = ""  # why nothing may rest on it, notices included; such a page is not edited either

    @property
    def title(self) -> str:
        """The page's title."""
        return self.page.title

    @property
    def changes(self) -> bool:
        """Whether there is something to save."""
        return not self.held and not self.unread and self.text != self.page.text

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that change the page, by name."""
        return tuple(sorted({edit.rule for edit in self.applied}))

    def summary(self, about: str) -> str:
        """The edit summary: what was done, by which rules, and where the bot is explained."""
        why = f" ([[{about}|why?]])" if about else ""
        return f"Bot: tidied the {_CALLED[self.kind]}: {', '.join(self.rules)}{why}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What should be done. `brakes` is not empty when a person must confirm first; each line names the way out.

    `task_brakes` hold only what would be written on tasks: anybody can file many, and no reminder may wait for that.
    """

    snapshot: Snapshot
    pages: tuple[PagePlan, ...]
    problems: tuple[Problem, ...]
    notices: Due
    brakes: tuple[str, ...] = ()
    task_brakes: tuple[str, ...] = ()
    accepted: tuple[Problem, ...] = ()  # problems of which an organiser said that they may stay
    idle: tuple[str, ...] = ()  # lines on the report page that acknowledge nothing any more
    look: LastLook = field(default_factory=LastLook)  # what the next look should know of this one
    wishes: Wishes = field(default_factory=Wishes)  # slots that coordinators ask for on tasks
    states: tuple[ProposalState, ...] = ()  # where each proposal of the board stands, by task number
    board_changes: tuple[BoardChange, ...] = ()  # comments and moves that are due on tasks

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """The schedules as they will stand, pages on hold left out."""
        return tuple(p.reading for p in self.pages if isinstance(p.reading, Schedule) and not p.unread)

    @property
    def signups(self) -> tuple[SignUps, ...]:
        """The sign-up lists in the same way."""
        return tuple(p.reading for p in self.pages if isinstance(p.reading, SignUps) and not p.unread)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        due_now = self.notices.now or self.notices.late or self.board_changes
        return not due_now and not any(page.changes for page in self.pages)


def plan_page(page: PageText, kind: PageKind, snapshot: Snapshot, bot: str = "") -> PagePlan:
    """What should be done about one page, as fresh as it was given."""
    text = page.text or ""
    if unread := why_unread(page):
        return PagePlan(page, kind, text, read_page("", page.title, kind, snapshot), unread=unread)
    result = tidy(text, page.title, kind, snapshot)
    plan = PagePlan(
        page, kind, result.text, result.reading, result.applied, result.asks, result.shows, result.refused
    )
    held = _why_held(plan, bot)
    unread = why_shrunk(plan.reading, snapshot) if isinstance(plan.reading, Schedule) else ""
    # What is not saved must not be counted on either. What a template inside a template says is known at the save only.
    unsure = bool(held) or needs_nested(text, page.templates)
    return replace(plan, held=held, unread=unread, reading=result.before if unsure else result.reading)


@without_pauses()
def make_plan(snapshot: Snapshot, bot: str = "", *, without_notices: bool = False) -> Plan:
    """What should be done about everything that the event file names."""
    named = snapshot.event.pages
    wanted = [(title, SCHEDULE) for title in named.schedule] + [(title, SIGNUPS) for title in named.signups]
    pages = _held_together(
        plan_page(snapshot.pages[title], kind, snapshot, bot)
        for title, kind in wanted
        if title in snapshot.pages
    )
    whole = [page for page in pages if not page.unread]
    schedules = tuple(page.reading for page in whole if isinstance(page.reading, Schedule))
    signups = tuple(page.reading for page in whole if isinstance(page.reading, SignUps))
    # A page that is on hold, or was not read, would make people's sessions look gone.
    certain = all(not page.unread for page in pages if page.kind is SCHEDULE)
    missing = certain and bool(schedules) and all(page.layout == "none" for page in schedules)
    certain = certain and not missing
    known = _with_history(snapshot, whole, schedules, certain=certain)
    wishes = wishes_in(snapshot) if certain else Wishes()
    stand = states(snapshot.proposals or {}, schedules, snapshot.event, snapshot.now)
    asks = opted_out(snapshot.pages.get(snapshot.event.pages.opt_out), kinds())
    checked = tuple(run_checks(schedules, signups, known, certain=certain))
    problems = (
        *_page_problems(pages),
        *problems_of(wishes),
        *([Problem("no-schedule", Severity.ERROR, _NO_SCHEDULE, schedules[0].page, 1)] if missing else []),
        *_board_problems(snapshot),
        *asks.problems,
        *asks.unknown(snapshot.accounts),
        *outbox_problems(snapshot),
        *(refused(stand, schedules, snapshot, checked) if certain else ()),
        *checked,
    )
    finished = finish(problems, [page.reading for page in whole], known)
    open_now = finished.open
    tell = certain and not without_notices
    notices = due(known, schedules, signups, open_now, stand) if tell else Due((), (), worked_out=False)
    on_tasks = board_changes(stand, schedules, snapshot, finished.open) if certain else ()
    return Plan(
        snapshot,
        pages,
        finished.open,
        notices,
        tuple(_brakes(pages, notices, snapshot)),
        tuple(_task_brakes(on_tasks, snapshot)),
        finished.accepted,
        finished.idle,
        next_look(snapshot, schedules, finished.look, certain=certain),
        wishes,
        stand,
        on_tasks,
    )


def _held_together(pages: Iterable[PagePlan]) -> tuple[PagePlan, ...]:
    """The plans; a page that is both schedule and sign-up lists has two, and is on hold as both or not at all."""
    planned = tuple(pages)
    unread = {plan.title: plan.unread for plan in planned if plan.kind is SCHEDULE and plan.unread}
    return tuple(
        replace(plan, text=plan.page.text or "", unread=unread[plan.title], applied=(), asks=())
        if plan.title in unread
        else plan
        for plan in planned
    )


def _with_history(
    snapshot: Snapshot, pages: Iterable[PagePlan], schedules: tuple[Schedule, ...], *, certain: bool
) -> Snapshot:
    """The snapshot with the authors of the pages as they will stand, and with the sessions that are missed now.

    Where a page is on hold nothing is missed anew: its sessions would all be gone.
    """
    authors = dict(snapshot.authors)
    for page in pages:
        there = authors.get(page.title)
        if there and page.reading.text != page.page.text:
            authors[page.title] = changed(there, page.page.text or "", page.reading.text, None, own=True)
    known = replace(snapshot, authors=authors)
    gone = gone_now(schedules, known) if certain and schedules else snapshot.last.gone
    return replace(known, last=replace(snapshot.last, gone=gone))


def _why_held(plan: PagePlan, bot: str) -> str:
    if plan.applied and (why := why_translated(plan.page)):
        return why
    if bot and not plan.page.can_edit:
        return "the page is protected: give the bot the right, or tidy it by hand" if plan.applied else ""
    verdict = may_edit(plan.page.text or "", bot) if bot else None
    return f"the page keeps bots out: {verdict.why}" if verdict and not verdict.allowed else ""


def _page_problems(pages: Iterable[PagePlan]) -> Iterator[Problem]:
    told: set[str] = set()  # a page may be both schedule and sign-up lists
    for plan in pages:
        yield from plan.problems
        if plan.title in told:
            continue
        if plan.unread or plan.held:
            told.add(plan.title)
        if plan.unread:
            yield Problem("page-held", Severity.ERROR, plan.unread, page=plan.title, line=1)
        elif plan.held:
            yield Problem("page-held", Severity.NOTE, plan.held, page=plan.title, line=1)


def _board_problems(snapshot: Snapshot) -> Iterator[Problem]:
    if snapshot.board_note:
        yield Problem("board-away", Severity.WARNING, snapshot.board_note)


def _rows_changed(plan: PagePlan) -> int:
    """How many rows of tables the edits are in, however many lines a row has; outside tables a line is a row."""
    text = plan.page.text or ""
    rows = sorted(row.span for table in tables(text) for row in table.rows) if plan.applied else []
    touched: set[tuple[str, int]] = set()
    for one in plan.applied:
        before = bisect_right(rows, one.edit.start, key=lambda row: row.start) - 1
        inside = before >= 0 and one.edit.start <= rows[before].end
        touched.add(("row", before) if inside else ("line", one.line))
    return len(touched)


def page_brakes(plan: PagePlan, snapshot: Snapshot) -> Iterator[str]:
    """Why a person must confirm the edit of a page, if anything is unusual about it."""
    limits = snapshot.event.limits
    whole = plan.reading.rows if isinstance(plan.reading, Schedule) else len(plan.reading.entries)
    changed = _rows_changed(plan)
    if plan.changes and changed > limits.rows_free and changed > limits.rows_share * whole:
        yield (
            f"[[{plan.title}]]: {changed} of {whole} rows would change, more than "
            f"{limits.rows_share:.0%} (limits.rows_share); read the diff, then confirm with -confirm"
        )


def _brakes(pages: Iterable[PagePlan], notices: Due, snapshot: Snapshot) -> Iterator[str]:
    limits = snapshot.event.limits
    for plan in pages:
        yield from page_brakes(plan, snapshot)
    # Those count too of which people are told later, or were not asked for: an accident must not be told bit by bit.
    cancels = any(kinds()[notice.kind].cancels for notice in notices.now)
    if cancels and len(notices.gone) > limits.cancelled:
        yield (
            f"people would be told that {counted(len(notices.gone), 'session', 'is/are')} cancelled, more than {limits.cancelled} (limits.cancelled); "
            "put back what was taken out by mistake, or confirm with -confirm"
        )
    if len(notices.now) > limits.notices:
        yield (
            f"{counted(len(notices.now), 'notice')} would be posted, more than {limits.notices} (limits.notices); "
            "read them, then confirm with -confirm"
        )


def _task_brakes(on_tasks: Sequence[BoardChange], snapshot: Snapshot) -> Iterator[str]:
    most = snapshot.event.limits.board_changes
    if len(on_tasks) > most:
        yield (
            f"{counted(len(on_tasks), 'task')} would get a comment or move, more than {most} (limits.board_changes); "
            "read them, then confirm with -confirm; until then nothing is written on tasks, and all else goes on"
        )
