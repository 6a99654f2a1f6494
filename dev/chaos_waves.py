"""Whom a chaos run must reach, and why: invented people, and event after event with reminders for them.

Another source of deliveries has the same form: it yields waves, each with an event file, pages, clocks, and the keys that
must be posted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from callboard.model import Notice
from dev.wiki_accounts import ORGANISER

A_WAVE = 300  # deliveries at most
PHASES = 3  # times of the day at which something becomes due
LEAD = timedelta(hours=3)
DAY = datetime(2027, 5, 22, tzinfo=UTC)
MOST_A_DAY = 3  # notices to one person
_NAMES = (
    "Recipient {}",
    "O'Recipient {}",
    "Empfängerin {}",
    "Получатель {}",
    "受取人 {}",
    "Recipient-{} (WMXX)",
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account, its talk page, and what an admin did about it; `refusable` finds the reasons not to tell them."""

    name: str
    talk: str | None = None
    refusable: str = ""
    treatment: str = ""  # "blocked", "protected", "bot"
    most: int = MOST_A_DAY  # notices that become due on one day
    elsewhere: str = ""  # below the talk page: where it leads to

    @property
    def page(self) -> str:
        """The talk page's title."""
        return f"User talk:{self.name}"

    @property
    def told_on(self) -> frozenset[str]:
        """The pages on which a notice to them may stand; people may have put something else in a redirect's place."""
        return frozenset({self.page, self.page + self.elsewhere})


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice that must reach somebody; with `refusable` it may be on record instead, for such a reason."""

    key: str
    recipient: Recipient
    phase: int

    @property
    def refusable(self) -> str:
        """A pattern of plausible reasons; empty: it must be posted."""
        return self.recipient.refusable


@dataclass(frozen=True, slots=True)
class Wave:
    """One event: its file, its pages, when its phases begin by the bots' clocks, and what must be delivered."""

    number: int
    slug: str
    event_file: str
    schedule: str
    pages: Mapping[str, str]
    moments: tuple[datetime, ...]
    deliveries: tuple[Delivery, ...]


def people(seed: int, count: int) -> tuple[Recipient, ...]:
    """So many invented people; one in ten cannot be told anything, or only by a detour."""
    draw = Random(f"{seed}/people")
    return tuple(_person(draw, _NAMES[n % len(_NAMES)].format(n)) for n in range(count))


def _person(draw: Random, name: str) -> Recipient:
    topics = "".join(
        f"== Topic {n} ==\nSomething about {name}. [[User:{name}|{name}]] 12:00, 1 May 2027 (UTC)\n\n"
        for n in range(draw.randint(1, 6))
    )
    match draw.randrange(60):
        case 0:
            return Recipient(name, f"{{{{nobots}}}}\n{topics}", "bots")
        case 1:
            return Recipient(name, f"{{{{bots|optout=all}}}}\n{topics}", "opt")
        case 2:
            return Recipient(name, f"{topics}{{{{bots|deny=Callboard}}}}", "bots|deny")
        case 3:
            return Recipient(
                name, f"#REDIRECT [[User talk:{name}/Elsewhere]]", "redirect", elsewhere="/Elsewhere"
            )
        case 4:
            return Recipient(name, topics, "protected", "protected")
        case 5:
            return Recipient(name, topics, "blocked", "blocked")
        case 6:
            return Recipient(name, None, "bot", "bot")
        case 7:
            return Recipient(name, f"{topics}<!-- never closed", "comment")
        case 8 | 9:
            return Recipient(name, topics, "limit of", most=2 * MOST_A_DAY)
        case kind:
            return Recipient(name, topics if kind % 2 else None)


def waves(seed: int, deliveries: int, among: Sequence[Recipient]) -> Iterator[Wave]:
    """Waves with so many deliveries together."""
    number = 0
    while deliveries > 0:
        number += 1
        yield wave(seed, number, min(deliveries, A_WAVE), among)
        deliveries -= A_WAVE


def wave(
    seed: int, number: int, deliveries: int, among: Sequence[Recipient], *, phases: int = PHASES
) -> Wave:
    """One event with so many reminders, spread over the phases of a day."""
    draw = Random(f"{seed}/{number}/wave")
    slug, day = f"chaos{number}", DAY + timedelta(days=number % 300)
    told: Counter[str] = Counter()
    made: list[Delivery] = []
    rows: list[str] = []
    moments: list[datetime] = []
    for phase in range(phases):
        start = day + timedelta(hours=8 + 4 * phase)
        moments.append(start - LEAD + timedelta(minutes=10))
        for _ in range(deliveries // phases + (phase < deliveries % phases)):
            someone = draw.choice([one for one in among if told[one.name] < one.most])
            told[someone.name] += 1
            title = f"Talk {len(rows)}"
            name = someone.name
            rows.append(
                f"|-\n| {start:%H:%M} || {title} || Room {len(rows)} || [[User:{name}|{name}]]"
                f" || {'needs a projector  ' if draw.random() < 0.1 else ''}\n"
            )
            made.append(Delivery(_key(slug, title, start, name), someone, phase))
    schedule = f"Chaos {number}/Schedule"
    head = f'== {day:%Y-%m-%d} ==\n{{| class="wikitable"\n! Time !! Session !! Room !! Speaker !! Notes\n'
    pages = {schedule: f"{head}{''.join(rows)}|}}\n"}
    file = event_file(slug, day, schedule, len(rows))
    return Wave(number, slug, file, schedule, pages, tuple(moments), tuple(made))


def _key(slug: str, title: str, start: datetime, name: str) -> str:
    """The key as the architecture has it: event/subject/kind/occasion."""
    occasion = f"{start:%Y-%m-%dT%H:%MZ} -{int(LEAD.total_seconds() // 60)}min"
    subject = title.lower().replace(" ", "-")
    return Notice(slug, "starts_soon", subject, occasion, name, start - LEAD, start).key


def event_file(slug: str, day: datetime, schedule: str, rooms: int) -> str:
    """The event in TOML; limits that would stop so many notices are lifted, and nothing waits for a quiet page."""
    named = "".join(f'[[room]]\nname = "Room {number}"\n' for number in range(rooms))
    return (
        f'[event]\ntitle = "Chaos {slug}"\nzone = "UTC"\ndays = ["{day:%Y-%m-%d}"]\norganisers = ["{ORGANISER}"]\n'
        f'[pages]\nsite = "callboard"\nschedule = ["{schedule}"]\nreport = "User:Callboard/{slug}"\n'
        'about = "User:Callboard"\noff_switch = "User:Callboard/run"\n'
        f'[limits]\nnotices = {rooms + 1}\n[delivery]\nper_day = {MOST_A_DAY}\nno_grace = "6h"\n'
        f'[[notice]]\nkind = "starts_soon"\nlead = ["{int(LEAD.total_seconds() // 3600)}h"]\n{named}'
    )
