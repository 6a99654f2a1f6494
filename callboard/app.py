"""Wiring: the parts of one event, real or fake, and what a person or a timer can ask of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from callboard.apply import apply_pages
from callboard.arranging import carry_out_wishes, pages_left
from callboard.clock import Clock
from callboard.config import Event
from callboard.gather import BoardReader, Sources, gather, look_known, sent_at
from callboard.ledger import Ledger, Sent
from callboard.line_authors import changed
from callboard.look_text import as_json
from callboard.model import LineAuthors, Maker, PageText
from callboard.own_pages import outbox_page, own_pages, write_own_page
from callboard.page_history import remember_own_edit
from callboard.plan import Plan, make_plan
from callboard.ports import Wiki
from callboard.posting import post_notices
from callboard.snapshot import Snapshot
from callboard.taken_back import cells_in
from callboard.timer import Stop
from callboard.writeback import write_back
from callboard.writing import Held, Results, Writer, check_switch

_THE_PLAN, _ON_TASKS = "the plan", "writing on tasks"  # what a brake holds back


@dataclass(frozen=True, slots=True)
class Tick:
    """One look and what came of it; requests are counted, not estimated."""

    plan: Plan
    results: Results
    wiki_requests: int
    board_requests: int


@dataclass(slots=True)
class App:
    """The parts of one event. `board` is None where the event has no board, or no token for it."""

    event: Event
    wiki: Wiki
    board: BoardReader | None
    ledger: Ledger
    clock: Clock = field(default_factory=Clock)
    stop: Stop = field(default_factory=Stop)
    # What a script was asked for, said of what is known; may raise ConfigError.
    asked: Callable[[Snapshot], Snapshot] = lambda snapshot: snapshot
    progress: Callable[[int, int], None] = lambda _done, _of: (
        None
    )  # of notices posted, for a person who waits

    def look(self) -> Snapshot:
        """What is known now; a board that gives no answer is only noted. Raises WikiAway and WikiRefused."""
        return gather(Sources(self.event, self.wiki, self.board, self.ledger, self.clock))

    def plan(self, *, confirmed: bool = False, without_notices: bool = False) -> Plan:
        """What should be done now. Raises WikiAway and WikiRefused."""
        snapshot = self.asked(self.look())
        if confirmed:
            snapshot = replace(snapshot, sessions_before={})
        return make_plan(snapshot, self.wiki.bot, without_notices=without_notices)

    def tick(self, *, apply: bool, confirmed: bool = False, with_report_page: bool = True) -> Tick:
        """One look; with `apply`, what is missing is done. Raises Stopped if the off switch says so, and as `plan`."""
        asked, board_asked = self.wiki.requests, _requests(self.board)
        plan = self.plan(confirmed=confirmed)
        results = Results()
        switch = self.event.pages.off_switch
        if apply:
            if switch:
                check_switch(plan.snapshot.pages[switch])
            results = self._apply(plan, confirmed=confirmed, with_report_page=with_report_page)
        return Tick(plan, results, self.wiki.requests - asked, _requests(self.board) - board_asked)

    def _apply(self, plan: Plan, *, confirmed: bool, with_report_page: bool) -> Results:
        writer = self.writer(plan.snapshot)
        if plan.snapshot.board_note:
            writer.results.failed.append(plan.snapshot.board_note)
        placed = carry_out_wishes(plan, writer, self.board)
        apply_pages(pages_left(plan, placed), writer, self.board, confirmed=confirmed)
        post_notices(plan, writer, self.board, confirmed=confirmed)
        # After the pages, so that a comment names a slot as it was saved; after the notices, because a reminder must not wait
        # for a board that is slow or refuses; before the report, which tells what came of it.
        write_back(plan, writer, self.board, confirmed=confirmed)
        if plan.brakes and not confirmed:
            writer.results.held += [Held("", _THE_PLAN, brake) for brake in plan.brakes]
        if plan.task_brakes and not confirmed:
            writer.results.held += [Held("", _ON_TASKS, brake) for brake in plan.task_brakes]
        self._remember_sizes(plan)
        if with_report_page:
            notices = self.ledger.notices(self.event.slug)
            afterwards = self._afterwards(plan, writer, notices)
            for page in own_pages(afterwards, notices):
                write_own_page(page, afterwards, writer)
            for page in outbox_page(plan, notices, confirmed=confirmed):
                write_own_page(page, plan, writer)
            self._remember_look(afterwards)
        return writer.results

    def _afterwards(self, plan: Plan, writer: Writer, notices: Iterable[Sent]) -> Plan:
        """What is left to do and to say of the pages as they stand now, so that the next tick need not say otherwise."""
        told = sent_at(notices, plan.snapshot.shift)
        same = all(writer.pages.get(title) == page for title, page in plan.snapshot.pages.items())
        if same and told.keys() == plan.snapshot.sent_at.keys():
            return plan
        fresh = {title: writer.pages.get(title, page) for title, page in plan.snapshot.pages.items()}
        authors = {**plan.snapshot.authors, **dict(self._authors_afterwards(plan, fresh))}
        edits = self.ledger.edits()
        snapshot = replace(
            plan.snapshot,
            pages=fresh,
            sent_at=told,
            written_before=edits,
            tidied_before=cells_in(edits),
            authors=authors,
        )
        return replace(make_plan(snapshot, self.wiki.bot, without_notices=True), notices=plan.notices)

    def _authors_afterwards(
        self, plan: Plan, fresh: Mapping[str, PageText]
    ) -> Iterator[tuple[str, LineAuthors]]:
        """Who wrote the lines of pages that were saved, or seen to be changed, in this tick."""
        for title, authors in plan.snapshot.authors.items():
            before, page = plan.snapshot.pages[title], fresh[title]
            if title == self.event.pages.report or page.text == before.text or page.text is None:
                continue
            own = page.user == self.wiki.bot
            by = Maker(page.user, page.timestamp, page.revid) if page.timestamp else None
            found = changed(authors, before.text or "", page.text, by, own=own)
            if own:
                remember_own_edit(self.ledger, self.event, title, page, found)
            yield title, found

    def _remember_look(self, plan: Plan) -> None:
        kept = as_json(plan.look)
        if self.ledger.fact(look_known(self.event)) != kept:
            self.ledger.remember_fact(look_known(self.event), kept)

    def writer(self, snapshot: Snapshot) -> Writer:
        """What writes, from what was seen."""
        return Writer(
            event=self.event,
            wiki=self.wiki,
            ledger=self.ledger,
            now=snapshot.now,
            shift=self.clock.shift,
            stopping=self.stop.asked,
            pages=dict(snapshot.pages),
            progress=self.progress,
        )

    def _remember_sizes(self, plan: Plan) -> None:
        for schedule in plan.schedules:
            self.ledger.remember_fact(
                f"sessions:{self.event.slug}:{schedule.page}", str(len(schedule.sessions))
            )


def _requests(board: BoardReader | None) -> int:
    return getattr(board, "requests", 0)


def exit_code(tick: Tick) -> int:
    """0 done or nothing to do, 1 something was held back by a brake or failed."""
    braked = any(held.what in {_THE_PLAN, _ON_TASKS} for held in tick.results.held)
    return 1 if tick.results.failed or braked else 0
