"""Conducts a chaos run: wave after wave, bots at work among faults and people, then quiet, then the verdict."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from signal import SIGKILL
from typing import Any

from callboard.ledger import Ledger, Sent
from dev.chaos_faults import SAVES, Fault, Lot, clock_step
from dev.chaos_nursery import SURE_AFTER, Order
from dev.chaos_stage import BOTS, Stage
from dev.chaos_verdict import Failure, Revision, Verdict, judged, revisions
from dev.chaos_waves import Wave
from dev.wiki_accounts import BOT, ORGANISER

ROUNDS = 6  # in each phase, before it gets quiet
ENOUGH_IDLE = 2  # rounds in which nothing was due
STEP = timedelta(minutes=12)  # by the bots' clocks, from one round to the next
QUIET_TICKS = 6
PEOPLE_EVERY = 0.3  # seconds

Progress = Callable[[int, str], object]  # deliveries that are done with, and what goes on


@dataclass(slots=True)
class Outcome:
    """What came of a run so far."""

    deliveries: int = 0
    posted: int = 0
    on_record: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, Failure]] = field(default_factory=list)  # with the wave's number
    bots: Counter[str] = field(default_factory=Counter)  # lives, kills, ticks, databases deleted …

    def add(self, wave: Wave, verdict: Verdict) -> None:
        """One more wave."""
        self.deliveries += len(wave.deliveries)
        self.posted += verdict.posted
        self.on_record.update(verdict.on_record)
        self.failures += [(wave.number, failure) for failure in verdict.failures]


@dataclass(slots=True)
class Run:
    """A run on a stage; `broken` spoils the bots on purpose, for tests of this harness."""

    stage: Stage
    seed: int
    progress: Progress = lambda _done, _what: None
    broken: str = ""
    saves: Mapping[Fault, int] = field(default_factory=lambda: SAVES)
    rounds: int = ROUNDS
    outcome: Outcome = field(default_factory=Outcome)
    made: list[Revision] = field(default_factory=list)  # of this wave
    recorded: list[Sent] = field(
        default_factory=list
    )  # what the ledgers said of this wave at each quiet moment
    _last_revision: int = 0
    _people_at_work: threading.Event = field(default_factory=threading.Event)

    def play(self, waves: Sequence[Wave]) -> Outcome:
        """What came of these waves, one after the other."""
        for wave in waves:
            self._wave(wave)
        return self.outcome

    def _wave(self, wave: Wave) -> None:
        stage = self.stage
        stage.journal.wave = wave.number
        for title, text in wave.pages.items():
            stage.wiki.person(ORGANISER).edit(title, text)
        event = stage.folder / f"{wave.slug}.toml"
        event.write_text(wave.event_file, "utf-8")
        for bot, proxy in zip(BOTS, stage.proxies, strict=True):
            proxy.begin(Lot(self.seed, wave.number, bot, self.saves), wave.schedule)
        known = len(stage.crowd.words)
        self.recorded = []
        for phase in range(len(wave.moments)):
            self._phase(wave, phase, event)
        verdict = self._verdict(wave, known)
        self.outcome.add(wave, verdict)
        for database in self._databases(wave):
            database.unlink(missing_ok=True)

    def _phase(self, wave: Wave, phase: int, event: Path) -> None:
        done = self.outcome.deliveries + sum(one.phase < phase for one in wave.deliveries)
        draw = Random(f"{self.seed}/{wave.number}/{phase}/rounds")
        with self._people(wave, draw):
            idle = 0
            for number in range(self.rounds):
                self.progress(done, f"event {wave.number}, phase {phase + 1}, round {number + 1}")
                reports = self._round(wave, event, wave.moments[phase] + number * STEP, draw)
                idle = 0 if any(told.get("due", 1) for told in reports) else idle + 1
                if idle == ENOUGH_IDLE:
                    break
        self.progress(done, f"event {wave.number}, phase {phase + 1}, quiet")
        self._quiet(wave, event, wave.moments[phase] + ROUNDS * STEP)

    def _round(self, wave: Wave, event: Path, moment: datetime, draw: Random) -> list[dict[str, Any]]:
        """The reports of one life, or of two at once: with two databases as on two machines, or with one."""
        first, second = self._databases(wave)
        if draw.random() < 0.12:
            self._lose(draw.choice((first, second)))
        shape = draw.choice(("one", "one", "other", "both", "both", "both with one database"))
        at_work = {"one": (0,), "other": (1,)}.get(shape, (0, 1))
        self.outcome.bots[f"rounds: {shape} at work"] += 1
        orders = {}
        for number in at_work:
            database = second if number and shape != "both with one database" else first
            steps = [clock_step(draw) for _ in range(draw.choice((1, 1, 2, 3)))]
            self.outcome.bots["clock steps"] += sum(step != 0 for step in steps)
            moments = [moment + timedelta(minutes=step) for step in steps]
            orders[number] = self._order(event, database, number, moments)
        with ThreadPoolExecutor(2) as pool:
            lives = [pool.submit(self._live, number, order) for number, order in orders.items()]
            return [told for life in lives for told in life.result()]

    def _lose(self, database: Path) -> None:
        if database.exists():
            database.unlink()
            self.outcome.bots["databases deleted"] += 1
            self.stage.journal.note("the database is deleted", answer=database.name)

    def _order(self, event: Path, database: Path, number: int, moments: Sequence[datetime]) -> Order:
        now = datetime.now(UTC)
        return Order(
            event=str(event),
            ledger=f"sqlite:///{database}",
            proxy=self.stage.proxies[number].url,
            shifts=tuple((moment - now).total_seconds() for moment in moments),
            reports=str(self.stage.folder / f"reports-{number}.jsonl"),
            broken=self.broken,
        )

    def _live(self, number: int, order: Order) -> list[dict[str, Any]]:
        """The reports of one life's ticks."""
        file = Path(order.reports)
        file.write_text("", "utf-8")
        journal, bot = self.stage.journal, BOTS[number]
        journal.note(f"begins to live, {len(order.shifts)} ticks with {Path(order.ledger).name}", bot=bot)
        status = self.stage.nurseries[number].live(order)
        reports = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.endswith("}")]
        self.outcome.bots["lives"] += 1
        self.outcome.bots["ticks"] += len(reports)
        self.outcome.bots["kills"] += status == -SIGKILL
        for told in reports:
            journal.note("ticked", bot=bot, answer=json.dumps(told, ensure_ascii=False)[:600])
            if "mistake" in told:
                self._fail("a mistake of the bot", note=told["mistake"][-3000:])
        journal.note(f"died with {status}", bot=bot)
        if status not in {0, 1, -SIGKILL}:
            self._fail(f"the bot's process ended with {status}")
        return reports

    def _quiet(self, wave: Wave, event: Path, moment: datetime) -> None:
        """No faults, no people: what is left is made up for; then the other bot finds nothing to do."""
        stage = self.stage
        stage.crowd.mend(all_of_it=True)
        for proxy in stage.proxies:
            proxy.calm(on=True)
            if not proxy.settle():
                self._fail("a request did not come to an end")
        stage.journal.note("it gets quiet")
        time.sleep(SURE_AFTER.total_seconds() + 1)  # nobody's turn is younger
        first, second = self._databases(wave)
        held: list[str] = []
        for tick in range(QUIET_TICKS):
            order = self._order(event, first, 0, [moment + tick * STEP])
            reports = self._live(0, order)
            if any("ended" in told or told.get("failed") for told in reports):
                self._fail("a tick failed though nothing was wrong", note=str(reports)[:2000])
                break
            before, held = held, [one for told in reports for one in told.get("held", ())]
            if not any(told.get("due") for told in reports) or (held and held == before):
                break
        self._live(1, self._order(event, second, 1, [moment + QUIET_TICKS * STEP]))
        self.recorded += self._recorded(wave)
        for bot, proxy in zip(BOTS, stage.proxies, strict=True):
            proxy.calm(on=False, lot=Lot(self.seed, wave.number, bot, self.saves))

    def _verdict(self, wave: Wave, known: int) -> Verdict:
        stage = self.stage
        self.made = revisions(stage.wiki.directory / "database/callboard.sqlite", self._last_revision)
        self._last_revision = max((one.revid for one in self.made), default=self._last_revision)
        words = dict(list(stage.crowd.words.items())[known:])
        return judged(wave.deliveries, self.made, self.recorded, words, BOT, deleted=stage.crowd.deleted)

    def _recorded(self, wave: Wave) -> Iterator[Sent]:
        for database in self._databases(wave):
            if database.exists():
                ledger = Ledger.open(f"sqlite:///{database}")
                yield from ledger.notices(wave.slug)
                ledger.close()

    def _databases(self, wave: Wave) -> tuple[Path, Path]:
        return self.stage.folder / f"{wave.slug}-a.sqlite", self.stage.folder / f"{wave.slug}-b.sqlite"

    @contextmanager
    def _people(self, wave: Wave, draw: Random) -> Iterator[None]:
        """People go about their business while this lasts, and admins lift what has lasted long enough."""
        chosen = Random(draw.random())
        stop = threading.Event()

        def work() -> None:
            while not stop.wait(PEOPLE_EVERY):
                self.stage.crowd.mend()
                page = chosen.choice(wave.deliveries).recipient.page
                match chosen.randrange(12):
                    case 0 | 1 | 2:
                        self.stage.crowd.write(page, at_top=chosen.random() < 0.3)
                    case 3:
                        self.stage.crowd.write(wave.schedule, make=False)
                    case 4 if chosen.random() < 0.5:
                        self.stage.crowd.archive(page)
                    case 5 if chosen.random() < 0.15:
                        self._lose(chosen.choice(self._databases(wave)))  # while a bot uses it

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _fail(self, what: str, note: str = "") -> None:
        self.outcome.failures.append((self.stage.journal.wave, Failure(what, note=note)))
