"""Ten thousand phrases made from known hours, in many notations, orders, zones and languages: none may be read wrongly."""

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from callboard.config import Event, event_from
from callboard.read.availability import read_availability

Interval = tuple[datetime, datetime]
PHRASES = 10_000
ASKED = 0.1  # of the phrases that a person would understand may be asked about


def event(zone: str, days: Sequence[object]) -> Event:
    return event_from({"event": {"title": "E", "zone": zone, "days": list(days)}}, slug="e", where="e")


EVENTS = {
    "utc": event("UTC", ["2026-05-15", "2026-05-16", "2026-05-17"]),
    "berlin": event("Europe/Berlin", ["2026-05-15", "2026-05-16", "2026-05-17"]),
    "opening hours": event(
        "UTC",
        [
            {"date": "2026-05-15", "opens": "16:00", "closes": "22:00"},
            {"date": "2026-05-16", "opens": "09:00", "closes": "22:00"},
            {"date": "2026-05-17", "opens": "10:00", "closes": "18:00"},
        ],
    ),
    "clocks change": event("Europe/Berlin", ["2026-10-23", "2026-10-24", "2026-10-25"]),
}
# as written: offset in minutes; the summer ones are left out where the event is not in summer
ZONES = {
    "UTC": 0, "(UTC)": 0, "GMT": 0, "utc": 0, "UTC+2": 120, "UTC+5:30": 330, "UTC-3": -180, "GMT+1": 60, "JST": 540,
    "Asia/Kolkata": 330,
}  # fmt: skip
SUMMER = {"CEST": 120, "(CEST)": 120, "EDT": -240, "MESZ": 120, "Berlin time": 120}


@dataclass(frozen=True)
class Language:
    """How a language writes days and ranges."""

    days: tuple[str, str, str]
    ranges: tuple[str, ...]  # of {0} and {1}
    joint: str
    before: tuple[str, ...]  # what may stand before a day
    every: tuple[str, ...]
    without: tuple[str, ...]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    whole: tuple[str, ...]


LANGUAGES = (
    Language(("Friday", "Saturday", "Sunday"), ("{0}-{1}", "{0} – {1}", "{0} to {1}", "from {0} to {1}", "between {0} and {1}", "{0} until {1}", "{0}—{1}", "{0} till {1}"), "and", ("", "on ", "on "), ("every day", "all three days", "each day", "daily", "all days"), ("except", "but not", "apart from", "excluding"), ("I can help ", "available ", "I'm free ", "(", "– ", "happy to help: ", "👋 ", "Count me in, ", "yes! "), ("", "!", ")", ", thanks", " 👍", ", happy to help with Hindi", ". I speak Tamil.", ", please"), ("all day {d}", "{d}, all day", "all {d}", "{d} (all day)", "any time on {d}")),
    Language(("Fri", "Sat", "Sun"), ("{0}-{1}", "{0}–{1}", "{0} to {1}", "{0} -> {1}"), "&", ("",), ("every day", "daily"), ("except", "not"), ("", "Avail. ".replace(".", "") , ""), ("", "!!", " :)"), ("{d} all day", "all day {d}")),
    Language(("Freitag", "Samstag", "Sonntag"), ("{0}–{1}", "{0} bis {1}", "von {0} bis {1}", "zwischen {0} und {1}"), "und", ("", "am "), ("täglich", "jeden Tag", "an allen drei Tagen"), ("außer", "aber nicht", "ohne"), ("", "Ich kann ", "Ich bin dabei: ", "verfügbar "), ("", ", danke", "!"), ("{d} ganztägig", "den ganzen {d}", "{d} den ganzen Tag")),
    Language(("vendredi", "samedi", "dimanche"), ("{0}-{1}", "de {0} à {1}", "entre {0} et {1}", "{0} à {1}"), "et", ("", "le "), ("tous les jours", "chaque jour", "les trois jours"), ("sauf", "excepté"), ("", "disponible ", "je peux aider ", "Je suis là "), ("", ", merci", "!"), ("{d} toute la journée", "toute la journée {d}", "tout le {d}")),
    Language(("viernes", "sábado", "domingo"), ("{0}-{1}", "de {0} a {1}", "desde las {0} hasta las {1}", "entre las {0} y las {1}"), "y", ("", "el "), ("todos los días", "cada día", "los tres días"), ("excepto", "salvo", "menos"), ("", "puedo ", "disponible ", "Puedo ayudar "), ("", ", gracias", "!"), ("{d} todo el día", "todo el {d}")),
    Language(("venerdì", "sabato", "domenica"), ("{0}-{1}", "dalle {0} alle {1}", "dalle ore {0} alle ore {1}", "tra le {0} e le {1}"), "e", ("",), ("ogni giorno", "tutti i giorni"), ("tranne", "eccetto"), ("", "posso ", "disponibile "), ("", ", grazie"), ("{d} tutto il giorno",)),
    Language(("sexta", "sábado", "domingo"), ("{0}-{1}", "das {0} às {1}", "de {0} a {1}", "entre as {0} e as {1}"), "e", ("",), ("todos os dias", "cada dia"), ("exceto", "menos"), ("", "posso ajudar ", "disponível "), ("", ", obrigada"), ("{d} o dia todo", "{d} o dia inteiro")),
    Language(("vrijdag", "zaterdag", "zondag"), ("{0}-{1}", "van {0} tot {1}", "tussen {0} en {1}"), "en", ("", "op "), ("elke dag", "alle drie dagen"), ("behalve",), ("", "ik kan ", "beschikbaar "), ("", ", bedankt"), ("{d} de hele dag", "hele {d}")),
    Language(("fredag", "lördag", "söndag"), ("{0}-{1}", "kl. {0}–{1}", "från {0} till {1}", "mellan {0} och {1}"), "och", ("", "på "), ("varje dag", "alla dagar"), ("utom", "förutom"), ("", "jag kan ", "tillgänglig "), ("", ", tack"), ("{d} hela dagen", "hela {d}")),
    Language(("пятница", "суббота", "воскресенье"), ("{0}-{1}", "с {0} до {1}", "{0} – {1}"), "и", ("",), ("каждый день", "все три дня"), ("кроме",), ("", "могу ", "свободна "), ("", ", спасибо"), ("{d} весь день",)),
)  # fmt: skip


def clock_styles(language: Language) -> list[Callable[[int], str]]:
    """How one time may be written; minutes since midnight."""
    first = language.days[0]
    styles: list[Callable[[int], str]] = [
        lambda m: f"{m // 60:02}:{m % 60:02}",
        lambda m: f"{m // 60}:{m % 60:02}",
        lambda m: f"{m // 60:02}.{m % 60:02}",
        lambda m: f"{m // 60}" if not m % 60 else f"{m // 60}:{m % 60:02}",
        lambda m: f"{m // 60}h{m % 60:02}" if m % 60 else f"{m // 60}h",
    ]
    if first.startswith("Fri"):
        styles += [
            _twelve("am", "pm"),
            _twelve(" AM", " PM"),
            _twelve(" a.m.", " p.m."),
            lambda m: f"{m // 60:02}{m % 60:02}",
        ]
    if first == "Freitag":
        styles += [
            lambda m: f"{m // 60}:{m % 60:02} Uhr",
            lambda m: f"{m // 60} Uhr" if not m % 60 else f"{m // 60}.{m % 60:02} Uhr",
        ]
    return styles


def _twelve(am: str, pm: str) -> Callable[[int], str]:
    def written(minutes: int) -> str:
        hour = minutes // 60 % 24
        minute = f":{minutes % 60:02}" if minutes % 60 else ""
        return f"{hour % 12 or 12}{minute}{pm if hour >= 12 else am}"

    return written


@dataclass(frozen=True)
class Made:
    """A phrase, the event for which it is written, and the hours from which it is made."""

    phrase: str
    of: str
    intervals: tuple[Interval, ...]


class Maker:
    """Makes phrases from hours; what it makes hangs on the seed alone."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 -- phrases, not secrets
        self.form, self.first, self.behind = 0, False, " "  # how this phrase names days, and in which order

    def made(self) -> Made:
        dice = self.random
        name = dice.choice(list(EVENTS))
        of = EVENTS[name]
        language = dice.choice(LANGUAGES)
        if dice.random() < 0.08:
            return self.whole(name, of, language)
        zones = {**ZONES, **({} if name == "clocks change" else SUMMER)}
        zone = dice.choice(["", "", *zones])
        offset = zones.get(zone)
        clock = dice.choice(clock_styles(language))
        self.form, self.first = dice.randrange(5), dice.random() < 0.3
        groups = self.groups(dice.choice((1, 1, 1, 2, 3)))
        self.behind = dice.choice((" ", ": ", ", ")) if len(groups) == 1 else dice.choice((" ", ": "))
        cut = self.cut(groups)
        pieces = [self.group(language, clock, of, days, ranges) for days, ranges in groups]
        text = dice.choice(
            (", ", "; ", f" {language.joint} ", " / ") if len(groups) < 3 else (", ", "; ")
        ).join(pieces)
        if " / " in text:
            text = text.replace(" / ", ", ")
        if cut:
            text += f" {dice.choice(language.without)} {self.range(language, clock, cut)}"
        if zone:
            text = (
                f"{zone}: {text}"
                if dice.random() < 0.1 and zone in {"UTC", "GMT", "CEST"}
                else f"{text} {zone}"
            )
        opening, closing = dice.choice(language.opening), dice.choice(language.closing)
        if opening == "(":
            closing = ")"
        elif closing == ")":
            closing = ""
        intervals = self.truth(of, groups, cut, offset)
        if intervals is None:
            return self.made()
        return Made(f"{opening}{text}{closing}", name, intervals)

    def whole(self, name: str, of: Event, language: Language) -> Made:
        number = self.random.randrange(3)
        phrase = self.random.choice(language.whole).format(d=language.days[number])
        return Made(phrase, name, (of.event.days[number].interval(of.zone),))

    def groups(self, number: int) -> list[tuple[tuple[int, ...], list[tuple[int, int]]]]:
        """Days and the ranges on them, no day twice."""
        days = [0, 1, 2]
        self.random.shuffle(days)
        if number == 1:
            chosen = [tuple(sorted(days[: self.random.choice((1, 1, 2, 3))]))]
        elif number == 2:
            chosen = [(day,) for day in sorted(days[:2])]
        else:
            chosen = [(day,) for day in (0, 1, 2)]
        return [(one, self.ranges()) for one in chosen]

    def ranges(self) -> list[tuple[int, int]]:
        dice = self.random
        if dice.random() < 0.1:
            start = dice.randrange(19, 24) * 60
            return [(start, 24 * 60 + dice.randrange(1, 6) * 60)]
        first = dice.randrange(8 * 4, 17 * 4) * 15 if dice.random() < 0.4 else dice.randrange(8, 17) * 60
        last = first + dice.choice((60, 90, 120, 180, 240, 300))
        out = [(first, last)]
        if dice.random() < 0.2 and last + 180 <= 23 * 60:
            out.append((last + 60, last + 180))
        return out

    def cut(self, groups: Sequence[tuple[tuple[int, ...], list[tuple[int, int]]]]) -> tuple[int, int] | None:
        """An hour of the one range that is not meant."""
        if len(groups) > 1 or len(groups[0][1]) > 1 or self.random.random() > 0.3:
            return None
        first, last = groups[0][1][0]
        return (first + 60, first + 120) if last - first >= 180 and last <= 24 * 60 else None

    def range(self, language: Language, clock: Callable[[int], str], ends: tuple[int, int]) -> str:
        form = self.random.choice(language.ranges)
        first, last = ends
        written = clock(last % (24 * 60)) if last != 24 * 60 else clock(0)
        return form.format(clock(first), written)

    def group(
        self,
        language: Language,
        clock: Callable[[int], str],
        of: Event,
        days: tuple[int, ...],
        ranges: Sequence[tuple[int, int]],
    ) -> str:
        hours = f" {language.joint} ".join(self.range(language, clock, ends) for ends in ranges)
        named = self.days(language, of, days)
        if self.first and language.days[0].startswith("Fri") and len(ranges) == 1:
            return f"{hours} on {named}" if named[0].isdigit() or clock(0) == "0" else f"{hours} {named}"
        return f"{named}{', ' if named[-1].isdigit() and self.behind == ' ' else self.behind}{hours}"

    def days(self, language: Language, of: Event, days: tuple[int, ...]) -> str:
        dice = self.random
        if len(days) == 3 and dice.random() < 0.6:
            dash = dice.choice(("–", "-"))
            return dice.choice((*language.every, f"{language.days[0]}{dash}{language.days[2]}"))
        written = [self.day(language, of, number) for number in days]
        joint = dice.choice((f" {language.joint} ", ", ", " + ", "/"))
        return (
            dice.choice(language.before) + joint.join(written)
            if written[0][0].isalpha()
            else joint.join(written)
        )

    def day(self, language: Language, of: Event, number: int) -> str:
        there, name = of.dates[number], language.days[number]
        if self.form == 0:
            return f"{there:%Y-%m-%d}"
        if self.form == 1:
            return f"{there:%d.%m.}"
        if self.form == 2 and language.days[0].startswith("Fri"):
            forms = (f"{there.day} {there:%B}", f"{there:%b} {there.day}", f"{name} {there.day} {there:%b}")
            return forms[0] if self.first else forms[there.month % 3]
        if self.form == 2 and name.endswith("tag"):
            return f"{name}, {there.day}. {'Mai' if there.month == 5 else 'Oktober'}"
        return name

    def truth(
        self,
        of: Event,
        groups: Sequence[tuple[tuple[int, ...], list[tuple[int, int]]]],
        cut: tuple[int, int] | None,
        offset: int | None,
    ) -> tuple[Interval, ...] | None:
        """The hours that are meant; None if a person would ask too, as some lie off the event or where clocks change."""
        out: list[Interval] = []
        for days, ranges in groups:
            for number in days:
                for first, last in ranges:
                    ends = [(first, cut[0]), (cut[1], last)] if cut else [(first, last)]
                    for start, end in ends:
                        if start == end:
                            continue
                        found = [instant(of, number, at, offset) for at in (start, end)]
                        there = list(inside(of, [(found[0], found[1])]))
                        shifts = any(at.astimezone(of.zone).date() == of.dates[-1] for at in found)
                        if not there or (shifts and end > 24 * 60 and of is EVENTS["clocks change"]):
                            return None
                        out += there
        out.sort()
        overlap = any(before[1] > after[0] for before, after in itertools.pairwise(out))
        return None if overlap else tuple(out)


def instant(of: Event, number: int, minutes: int, offset: int | None) -> datetime:
    day = of.dates[number]
    naive = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001 -- the zone comes next
    if offset is None:
        return naive.replace(tzinfo=of.zone).astimezone(UTC)
    return naive.replace(tzinfo=UTC) - timedelta(minutes=offset)


def inside(of: Event, intervals: Sequence[Interval]) -> Iterator[Interval]:
    first = datetime(of.dates[0].year, of.dates[0].month, of.dates[0].day, tzinfo=of.zone).astimezone(UTC)
    end = of.dates[-1] + timedelta(days=1)
    last = datetime(end.year, end.month, end.day, tzinfo=of.zone).astimezone(UTC)
    for start, stop in intervals:
        if max(start, first) < min(stop, last):
            yield max(start, first), min(stop, last)


def joined(intervals: Sequence[Interval]) -> list[Interval]:
    out: list[Interval] = []
    for start, end in sorted(intervals):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def phrases() -> list[Made]:
    maker = Maker(20260515)
    return [maker.made() for _ in range(PHRASES)]


@pytest.mark.timeout(120)
def test_of_ten_thousand_phrases_none_is_wrong_and_few_are_asked_about() -> None:
    wrong: list[tuple[str, str]] = []
    asked: list[tuple[str, str]] = []
    for made in phrases():
        found = read_availability(made.phrase, EVENTS[made.of])
        if found.ambiguous or found.intervals is None:
            asked.append((made.phrase, found.question))
        elif joined(found.intervals) != joined(made.intervals):
            wrong.append((made.phrase, made.of))
    assert wrong == []
    assert len(asked) < ASKED * PHRASES, asked[:20]


@pytest.mark.timeout(120)
def test_of_unclear_phrases_the_readings_hold_what_was_meant() -> None:
    """`10:00-12:00` without its day, `2-5` without its half: asked about, and one of the readings is what was meant."""
    dice = random.Random(16)  # noqa: S311 -- phrases, not secrets
    of = EVENTS["utc"]
    for _ in range(500):
        number, hour = dice.randrange(3), dice.randrange(1, 7)
        length = dice.randrange(1, 4)
        phrase = f"{of.dates[number]:%A} {hour}-{hour + length} UTC"
        found = read_availability(phrase, of)
        meant = [
            (
                (
                    instant(of, number, shift + hour * 60, 0),
                    instant(of, number, shift + (hour + length) * 60, 0),
                ),
            )
            for shift in (0, 12 * 60)
        ]
        assert (found.intervals, [one.intervals for one in found.possible]) == (None, meant), phrase


UNCLEAR = [
    "evenings IST", "Sat morning (CEST)", "07:00 PM to 12:30 PM UTC", "all weekend", "after work", "(10:00-12:30)",
    "Sat 9-5", "Sat 2-5", "Saturday 10-12 IST", "Saturday 10:00 to Sunday 12:00", "from 10 UTC", "Friday after 16:00",
    "until Saturday 18:00", "Sat 10-12 or 14-16", "Saturday or Sunday 10-12", "Sat 10-12 CET", "ganztägig", "Sat 8-12pm",
    "Saturday 10-12 PST",
    "Fri 10-12 and 14-16 CET",
    "Samstagvormittag", "Fri evening, Sat 10-12", "nights", "Sunday 7 UTC to 1 UTC", "weekend 10-12",
]  # fmt: skip


@pytest.mark.parametrize("of", ["utc", "berlin"])
@pytest.mark.parametrize("phrase", UNCLEAR)
def test_each_reading_is_told_in_words_that_read_as_it(phrase: str, of: str) -> None:
    """Who puts one of the readings into the list instead has answered the question."""
    found = read_availability(phrase, EVENTS[of])
    assert (found.intervals, found.ambiguous) == (None, True)
    assert 2 <= len(found.possible) <= 4 or phrase == "until Saturday 18:00"
    for one in found.possible:
        again = read_availability(one.words, EVENTS[of])
        assert (again.question, joined(again.intervals or ())) == ("", joined(one.intervals)), one.words
