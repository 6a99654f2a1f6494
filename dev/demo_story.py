"""The demo's story, act by act. Every number that it prints was counted a moment before."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape as shown

from callboard.app import Tick
from callboard.command import TEMPLATES
from callboard.cover import cover
from callboard.cover.listing import ahead
from callboard.cover_command import show_cover, show_suggestions, suggested
from callboard.explaining import explain
from callboard.placing.pages import schedules_of, signups_of
from callboard.plan import Plan
from callboard.ports import Conflict, Outcome, Saved
from callboard.publishing import publications, publish
from callboard.terminal import diff, show_plan, show_results
from callboard.terminal_board import show_counts, show_waiting
from callboard.terminal_explained import show_explained
from dev.demo_count import bot_edits
from dev.demo_people import HELPERS, SCHEDULE, People
from dev.demo_stage import Stage

TWO_DAYS_BEFORE = datetime(2024, 5, 15, 9, 0, tzinfo=UTC)
AN_HOUR_BEFORE = datetime(2024, 5, 17, 17, 31, tzinfo=UTC)
MOST_LINES = 60  # of one diff; the wiki's history has all of it
MOVED_BY_AUTHOR = "T910041"  # into the column of the programme, to save the coordinators the work
_NOTICE = "notice "


@dataclass(slots=True)
class Story:
    """Plays the acts in order on a stage."""

    stage: Stage
    people: People
    console: Console
    acts: int = 0

    def play(self) -> None:
        """All acts; what they promised is for the ending to check."""
        self.pages()
        self.templates()
        self.plan()
        self.brake()
        self.apply()
        self.people_go_on()
        self.moves()
        self.helpers()
        self.board()
        self.an_hour_before()

    def pages(self) -> None:
        """People put up their event."""
        self._act("The pages as people wrote them")
        edits = self.people.put_up_pages()
        tasks = len(self.stage.conduit.board.tasks)
        days = len(self.stage.app.event.dates)
        self._say(f"{edits} edits by people put up a hackathon of {days} days; its board has {tasks} tasks.")
        for page in (SCHEDULE, HELPERS):
            self._say(f"Look at {self.stage.wiki.page_url(page)}")

    def templates(self) -> None:
        """The bot publishes its words."""
        self._act("The bot publishes what it will say")
        app = self.stage.app
        results = publish(publications(app.event, TEMPLATES, app.wiki), app.wiki, app.event)
        show_results(self.console, results)
        self._say(
            "Organisers may reword these pages; a notice goes out only in words of theirs or the bot's."
        )

    def plan(self) -> None:
        """A dry run."""
        self.stage.show_time(TWO_DAYS_BEFORE)
        self._act(f"A look without writing: {TWO_DAYS_BEFORE:%A, %d %B %Y, %H:%M} UTC")
        before = len(bot_edits(self.stage))
        plan = self.stage.tick(apply=False).plan
        show_plan(self.console, plan, most_lines=MOST_LINES)
        sessions = sum(len(schedule.sessions) for schedule in plan.schedules)
        slots = sum(len(schedule.free_slots) for schedule in plan.schedules)
        asks = sum(len(page.asks) for page in plan.pages)
        self._say(
            f"Understood: {sessions} sessions, {slots} free slots. Left for people to decide: {asks} edits."
        )
        self._say(f"Edits made by this look: {len(bot_edits(self.stage)) - before}.")

    def brake(self) -> None:
        """A plan of that size stops."""
        self._act("Applied without a yes: the brake")
        self._written(self.stage.tick())
        self._say("So large a plan waits until a person has read it; the report page says so too.")

    def apply(self) -> None:
        """The plan is confirmed and applied, and people edit at the very moment of the saves."""
        self._act("A person confirms, and others go on editing while the bot saves")
        people = self.people
        self.stage.wait_for_quiet()
        busy = {SCHEDULE: people.add_while_saving, HELPERS: people.greet_while_saving}
        with self.stage.disturbed(busy) as wiki:
            tick = self.stage.tick(confirmed=True)
        for page, outcome in wiki.met:
            told = f"Somebody saved {page} between the bot's look and its save: {_told(outcome)}"
            self._say(told, "yellow")
        self._written(tick)
        self._say(f"Edits by people that are lost: {len(people.lost())} of {len(people.wrote)}.")

    def people_go_on(self) -> None:
        """A new session, a yes, a move, an edit taken back; then a tick."""
        self._act("People go on, and the bot looks again")
        people = self.people
        for edit in (people.add_session, people.acknowledge, people.move_session, people.take_back):
            edit()
            self._say(f"· {edit.__doc__}")
        self.stage.wait_for_quiet()
        tick = self.stage.tick()
        self._diffs(tick.plan)
        self._written(tick)

    def moves(self) -> None:
        """Two sessions change places, two others do so for a moment; people are told when the page is quiet."""
        self._act("Sessions move, and one move is undone at once")
        people = self.people
        for edit in (people.swap_rooms, people.swap_by_mistake):
            edit()
            self._say(f"· {edit.__doc__}")
        waiting = Counter(one.notice.kind for one in self.stage.tick().plan.notices.planned)
        self._say(f"Waiting until the page is quiet: {waiting['moved']} moved.")
        people.swap_back()
        self._say(f"· {people.swap_back.__doc__}")
        self._say(f"{self.stage.wait_for_quiet():.0f} seconds of quiet; a real event waits for 15 minutes.")
        tick = self.stage.tick()
        self._written(tick)
        told = [one.recipient for one in tick.plan.notices.now if one.kind == "moved"]
        self._say(f"Told of a move, with who did it and the edit: {', '.join(sorted(told))}.")

    def helpers(self) -> None:
        """Who covers what, and who could help."""
        self._act("Who covers what, and who could take a gap")
        app = self.stage.app
        snapshot = app.look()
        known = cover(app.event, schedules_of(snapshot), signups_of(snapshot))
        of_roles = [gap for gap in ahead(known, snapshot.now) if gap.need.session is None]
        show_cover(self.console, known, app.event, of_roles)
        show_suggestions(self.console, suggested(app, snapshot, known, of_roles), app.event)
        sessions = len(known.gaps) - len(of_roles)
        self._say(
            f"Sessions without a facilitator: {sessions}. helpers_report and suggest_helpers tell all of it."
        )

    def board(self) -> None:
        """Where the proposals stand, and all that is known of one of them."""
        self._act("Where each proposal stands, and why")
        app = self.stage.app
        plan = app.plan(without_notices=True)
        show_counts(self.console, plan)
        show_waiting(self.console, plan)
        self._say(
            "board_report has all of it, and so has a page. What does explain say of a card that its author moved?"
        )
        show_explained(self.console, explain(MOVED_BY_AUTHOR, plan, app.ledger.notices(app.event.slug)))

    def an_hour_before(self) -> None:
        """The clock moves."""
        self.stage.show_time(AN_HOUR_BEFORE)
        self._act(f"The clock moves: {AN_HOUR_BEFORE:%A, %H:%M} UTC, an hour before the sessions at 18:30")
        self.stage.wait_for_quiet()
        tick = self.stage.tick()
        self._written(tick)
        late = len(tick.plan.notices.late)
        self._say(
            f"Reminders for what began while the clock jumped, noted as too late and not posted: {late}."
        )

    def _act(self, title: str) -> None:
        self.acts += 1
        headline(self.console, f"{self.acts} · {title}")

    def _say(self, text: str, colour: str = "") -> None:
        self.console.print(shown(text), style=colour, highlight=False, soft_wrap=True)

    def _diffs(self, plan: Plan) -> None:
        for page in plan.pages:
            if page.changes:
                for line in diff(page.page.text or "", page.text, page.title):
                    self.console.print(line, highlight=False, soft_wrap=True)

    def _written(self, tick: Tick) -> None:
        """Pages one by one, notices by kind."""
        results = tick.results
        written = [w for w in results.written if not w.what.startswith(_NOTICE)]
        show_results(self.console, replace(results, written=written))
        kinds = Counter(w.what.removeprefix(_NOTICE) for w in results.written if w.what.startswith(_NOTICE))
        if kinds:
            people = len({w.page for w in results.written if w.what.startswith(_NOTICE)})
            self._say(f"Notices posted: {_listed(kinds)}, to {people} people.", "green")
        self._say(f"Requests: {tick.wiki_requests} to the wiki, {tick.board_requests} to the board.", "dim")


def _listed(kinds: Counter[str]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))


def _told(outcome: Outcome) -> str:
    match outcome:
        case Conflict(why=why):
            return f"conflict ({why}). The bot read the page again, planned again, and saved on top of it."
        case Saved(merged=True):
            return "the wiki wove both edits together."
        case _:
            return str(outcome)


def headline(console: Console, title: str) -> None:
    """A line across the screen with a title."""
    console.print()
    console.rule(f"[bold]{shown(title)}[/]", align="left")
