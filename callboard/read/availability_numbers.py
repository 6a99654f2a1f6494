"""Numbers in texts about hours: times of a day, lengths, dates, offsets from UTC."""

import re
from collections.abc import Container

from callboard.read.availability_signs import LEX, OFFSET, Piece
from callboard.read.availability_words import MONTHS, PHRASES, PORTUGUESE, Say
from callboard.read.zones import meanings


class Numbers:
    """Takes what begins with a digit off one text; the words are the business of `availability_pieces`."""

    def __init__(self, seen: str) -> None:
        self.seen = seen
        self.raw = list(LEX.finditer(seen))
        self.words = [found[0].casefold().replace("’", "'") for found in self.raw]
        self.out: list[Piece] = []

    def add(
        self,
        say: Say,
        at: int,
        last: int | None = None,
        *,
        hour: int = -1,
        minute: int = 0,
        half: str = "",
        value: object = None,
    ) -> int:
        """Adds a piece from one place to another; the place behind it."""
        found = self.raw[at]
        if last is None or last == at:
            self.out.append(Piece(say, *found.span(), found[0], hour, minute, half, value))
            return at + 1
        start, end = found.start(), self.raw[last].end()
        self.out.append(Piece(say, start, end, self.seen[start:end], hour, minute, half, value))
        return last + 1

    def phrase(self, at: int, word: str) -> int:
        """What follows the longest phrase of the lexicon that begins here; 0 if none does."""
        for rest, say, value in PHRASES.get(word, ()):
            last = at + len(rest)
            if not rest or tuple(self.words[at + 1 : last + 1]) == rest:
                if say is Say.NOT and word == "no" and PORTUGUESE.intersection(self.words):
                    say = Say.FILL  # noqa: PLW2901 -- "no sábado" is "on Saturday" in Portuguese
                return self.add(say, at, last, value=value)
        return 0

    def slash(self, at: int, text: str) -> int:
        """`15/5`, which may be a day, or `15/16 May`, which are two."""
        numbers = [int(part) for part in text.split("/")]
        if at + 1 < len(self.raw) and len(numbers) == 2 and len(self.words[at + 1]) > 2:
            month = MONTHS.get(self.words[at + 1], 0)
            if month:
                self.add(Say.DAY, at, value=("date", 0, month, numbers[0]))
                return self.add(Say.DAY, at, at + 1, value=("date", 0, month, numbers[1]))
        return self.add(Say.DAY, at, value=("slash", *numbers))

    def in_range(self, at: int) -> bool:
        """Whether a year-like number has a dash and another four digits beside it: `2000-2200`."""
        near = [self.raw[place] for place in (at - 2, at + 2) if 0 <= place < len(self.raw)]
        return any(other.lastgroup == "four" for other in near)

    def length(self, at: int, text: str) -> int:
        """`2 hours`, `90 min`, `1½ h`."""
        number = float(re.match(r"\d+(?:[.,]\d)?", text)[0].replace(",", "."))  # type: ignore[index]
        minutes = number if "m" in text.lower() else number * 60 + (30 if "½" in text else 0)
        hour = int(number) if text.endswith("h") and number == int(number) else -1
        return self.add(Say.LENGTH, at, hour=hour, value=int(minutes))

    def offset(self, at: int, found: re.Match[str]) -> int:
        """`08:00 UTC-11:00 UTC` is a range, `08:00 UTC-5` an offset, `08:00 UTC-11:00` could be both."""
        written = OFFSET.match(found[0])
        sign, off = (written[1], written[2]) if written else ("", "")
        after_time = bool(self.out) and self.out[-1].say in {Say.TIME, Say.NUMBER}
        if sign in {"-", "–"} and after_time:
            rest = LEX.match(self.seen, found.end() + (self.seen[found.end() : found.end() + 1] == " "))
            zone_follows = rest is not None and rest[0][:3].upper() in {"UTC", "GMT"}
            if zone_follows or sign == "–":
                return self.reread(at, found)
            before = [piece.say for piece in self.out[-5:-1] if piece.say is not Say.FILL]
            ends_range = bool(before) and before[-1] in {Say.TO, Say.LINK, Say.AND, Say.UNTIL}
            if ":" in off or int(off[:2]) > 12 or not ends_range:
                return self.add(Say.ZONE, at, value="?")
        name = f"UTC{'+' if sign == '+' else '-'}{off}"
        return self.add(Say.ZONE, at, value=name if meanings(name) else "")

    def reread(self, at: int, found: re.Match[str]) -> int:
        """The zone's name alone is a piece, and what follows it is read anew."""
        middle = found.start() + len("UTC")
        self.out.append(
            Piece(Say.ZONE, found.start(), middle, self.seen[found.start() : middle], value="UTC")
        )
        fresh = list(LEX.finditer(self.seen, middle, found.end()))
        self.raw[at : at + 1] = fresh
        self.words[at : at + 1] = [one[0].casefold() for one in fresh]
        return at

    def date(self, at: int, text: str) -> int:
        """`2026-05-16`, `16.5.`, `16.05.2026`."""
        numbers = [int(part) for part in re.findall(r"\d+", text)]
        if "-" in text:
            return self.add(Say.DAY, at, value=("date", *numbers))
        year = numbers[2] + (2000 if numbers[2] < 100 else 0) if len(numbers) > 2 else 0
        return self.add(Say.DAY, at, value=("date", year, numbers[1], numbers[0]))

    def month_beside(self, at: int, day: int) -> int:
        """The date, if a month follows a number: `16 May`, `16. Mai 2026`, `16 de mayo`, `16th of May`; else 0."""
        place = at + 1
        while place < len(self.raw) and place <= at + 2 and self.words[place] in {".", "de", "of", "di"}:
            place += 1
        if place >= len(self.raw) or self.words[place] not in MONTHS or not 1 <= day <= 31:
            return 0
        if len(self.words[place]) < 3 or (
            self.words[place] == "may" and self.raw[place][0] == "may" and place > at + 1
        ):
            return 0
        month, last = MONTHS[self.words[place]], place
        if last + 1 < len(self.raw) and self.words[last + 1] == "." and len(self.words[last]) <= 4:
            last += 1
        year, last = self.year_behind(last, {",", "de"})
        return self.add(Say.DAY, at, last, value=("date", year, month, day))

    def year_behind(self, at: int, between: Container[str]) -> tuple[int, int]:
        """The year that follows a date, at most one such word between them, and where it stands; 0 and the place given if none."""
        for place in range(at + 1, min(at + 3, len(self.raw))):
            if re.fullmatch(r"20\d\d", self.words[place]) and not self.in_range(place):
                return int(self.words[place]), place
            if self.words[place] not in between:
                break
        return 0, at

    def time(self, at: int, found: re.Match[str]) -> int:
        """A time, a bare number, or a day beside a month."""
        hour, minute = int(found["hh"]), found["mm"] or found["hm"]
        half = (found["half"] or "").strip()[:1].lower()
        mark = (found["mark"] or "").strip().lower()
        if half and found["both"]:
            return self.add(Say.TIME, at, hour=hour, minute=int(minute or 0), half=half, value="both")
        if not minute and not half and not mark:
            if taken := self.month_beside(at, hour):
                return taken
            if (before := self.out[-1] if self.out else None) and before.say is Say.MONTH and 1 <= hour <= 31:
                return self.after_month(at, before, hour)
            if (
                self.words[at - 1 : at] in (["day"], ["tag"], ["jour"], ["día"], ["dia"], ["dag"])
                and self.out[-1].say is Say.FILL
            ):
                return self.add(Say.DAY, at, value=("number", hour))
            return self.add(Say.NUMBER, at, hour=hour)
        fixed = None if half or hour > 12 else "24" if found["mm"] and found["hh"].startswith("0") else None
        return self.add(Say.TIME, at, hour=hour, minute=int(minute or 0), half=half, value=fixed)

    def after_month(self, at: int, month: Piece, day: int) -> int:
        """`May 16`, `May 16, 2026`."""
        self.out.pop()
        year, last = self.year_behind(at, {","})
        start, end = month.start, self.raw[last].end()
        value = ("date", year, month.value, day)
        self.out.append(Piece(Say.DAY, start, end, self.seen[start:end], value=value))
        return last + 1
