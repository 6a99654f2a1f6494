"""The pieces of a text about hours: times, zones, days, and words by what they do to the hours.

Times are `10:00`, `9.30`, `10h`, `10 Uhr`, `1400`, `2pm`, `14h30`, and bare numbers, which only their company makes times.
"""

import re

from callboard.read.availability_numbers import Numbers
from callboard.read.availability_signs import (
    ALIASES,
    LOOKS_LIKE_A_ZONE,
    LOWER_AFTER_TIME,
    LOWER_ZONES,
    MIDNIGHT,
    NOON,
    SIGNS,
    TIME_IN,
    TIME_OF,
    YEAR,
    Piece,
)
from callboard.read.availability_words import (
    MONTHS,
    NAMELIKE,
    PART_WORDS,
    PHRASES,
    PLACES,
    SHORT_WEEKDAYS,
    TYPICAL,
    WEEKDAYS,
    Say,
    words,
)
from callboard.read.zones import WORDS_TOO, meanings

# "Satruday": the letters of a weekday in another order
_MISTYPED = {
    "".join(sorted(f"{day}day")): number
    for number, day in enumerate(words("mon tues wednes thurs fri satur sun"))
}


class _Lexer(Numbers):
    """Walks over one text once."""

    def pieces(self) -> list[Piece]:
        at = 0
        while at < len(self.raw):
            at = self._take(at)
        return self.out

    def _take(self, at: int) -> int:
        found, word = self.raw[at], self.words[at]
        if at and "\n" in self.seen[self.raw[at - 1].end() : found.start()]:
            self.out.append(Piece(Say.STOP, found.start(), found.start(), ""))
        if (
            at
            and found[0][0].isdigit()
            and self.raw[at - 1].end() == found.start()
            and (self.words[at - 1][-1].isalpha() or self._cut_short(at))
        ):
            return self.add(Say.WORD, at)  # "l0-12" and "16:0" are no times
        match found.lastgroup:
            case "word":
                return self._word(at, found[0], word)
            case "time":
                return self.time(at, found)
            case "sign_":
                return self._sign(at, word)
            case "four":
                number = int(found[0][:4])
                if number in YEAR and len(found[0]) == 4 and not self.in_range(at):
                    return self.add(Say.WORD, at)
                half = (found["fhalf"] or "").strip()[:1].lower()
                return self.add(
                    Say.TIME,
                    at,
                    hour=number // 100,
                    minute=number % 100,
                    half=half,
                    value=None if half else "24",
                )
            case "arrow":
                return self.add(Say.TO, at)
            case "offset":
                return self.offset(at, found)
            case "badzone":
                return self.add(Say.ZONE, at, value="")
            case "area":
                return self.add(Say.ZONE, at, value=found[0] if meanings(found[0]) else "")
            case "date":
                return self.date(at, found[0])
            case "slash":
                return self.phrase(at, word) or self.slash(at, found[0])
            case "nth":
                day = int(re.match(r"\d+", found[0])[0])  # type: ignore[index]
                return self.month_beside(at, day) or self.add(Say.DAY, at, value=("date", 0, 0, day))
            case "length":
                return self.length(at, found[0])
            case _:
                return self.add(Say.WORD, at)

    def _cut_short(self, at: int) -> bool:
        """Whether a number stands behind a number and a colon without being its minutes: `16:0`."""
        before = self.raw[at - 2] if at > 1 else None
        glued = before is not None and before.end() == self.raw[at - 1].start()
        return glued and self.words[at - 1] == ":" and self.words[at - 2][-1].isdigit()

    def _sign(self, at: int, word: str) -> int:
        if taken := self.phrase(at, word):
            return taken
        if word == ".":
            return self.add(Say.STOP if self._ends_sentence(at) else Say.FILL, at)
        return self.add(SIGNS.get(word, Say.FILL), at)

    def _ends_sentence(self, at: int) -> bool:
        """Whether a full stop ends a sentence: `16. Mai`, `Sat. 10-12` and `9.30` go on."""
        end = self.raw[at].end()
        if at + 1 == len(self.raw):
            return True
        if not self.seen[end : end + 1].isspace():
            return False
        text, word = self.raw[at + 1][0], self.words[at + 1]
        before = self.out[-1].say if self.out else Say.FILL
        if before in {Say.NUMBER, Say.DAY}:
            return (
                text[0].isupper()
                and (text == "I" or not text.isupper())
                and word not in MONTHS
                and word not in WEEKDAYS
            )
        return not text[0].isdigit()

    def _word(self, at: int, text: str, word: str) -> int:
        if word in NOON or word in MIDNIGHT:
            if self.out and self.out[-1].say is Say.NUMBER and self.out[-1].hour == 12:
                self.out.pop()
                self.out.append(Piece(Say.FILL, self.raw[at - 1].start(), self.raw[at - 1].end(), "12"))
            return self.add(
                Say.TIME, at, hour=12 if word in NOON else 24, value="24" if word in NOON else "midnight"
            )
        if taken := self._zone(at, text, word):
            return taken
        if text == "AM":  # "am" is more often something else
            return self.add(Say.PART, at, value=("morning", False))
        if word in WEEKDAYS and (word not in SHORT_WEEKDAYS or text[0].isupper() or self._beside(at)):
            if text in {"sat", "sun", "wed", "mon"} and not self._beside(at):
                return self.add(Say.WORD, at)
            return self._weekday(at, WEEKDAYS[word])
        if word in SHORT_WEEKDAYS and self._beside(at) and self._no_name(at, word):
            return self._weekday(at, SHORT_WEEKDAYS[word])
        if word in MONTHS and (word != "may" or text != "may") and len(word) >= 3:
            after = self.raw[at + 1] if at + 1 < len(self.raw) else None
            if after is not None and after.lastgroup in {"time", "hh", "nth"} and word not in {"mar", "mai"}:
                number = re.match(r"\d+", after[0])
                if after.lastgroup == "nth" and number:
                    day = int(number[0])
                    return self.add(Say.DAY, at, at + 1, value=("date", 0, MONTHS[word], day))
                return self.add(Say.MONTH, at, value=MONTHS[word])
        if taken := self.phrase(at, word):
            return taken
        if compound := self._compound(at, word):
            return compound
        if (meant := _MISTYPED.get("".join(sorted(word)))) is not None and word[0] in "mtwfs":
            return self._weekday(at, meant)
        return self.add(Say.WORD, at)

    def _weekday(self, at: int, number: int) -> int:
        dotted = (
            at + 1 < len(self.raw)
            and self.words[at + 1] == "."
            and self.raw[at].end() == self.raw[at + 1].start()
        )
        last = at + 1 if dotted and len(self.words[at]) <= 5 and at + 2 < len(self.raw) else at
        return self.add(Say.DAY, at, last, value=("weekday", number))

    def _beside(self, at: int) -> bool:
        """Whether a time, a number, a part of a day, or another day stands next to a short name of a weekday."""
        if at and self.words[at - 1] in {"on", "this", "next"}:
            return True
        for step in (1, -1):
            place = at + step
            while 0 <= place < len(self.raw) and self.words[place] in {".", ",", "&", "and", "und", "et", "y", "e", "/", "+", "en", "och", "и", "-", "–", "bis", "to", ":", "(", ")", "on", "от", "с", "в", "from", "ab", "von", "de", "kl"}:  # fmt: skip
                place += step
            if 0 <= place < len(self.raw):
                other = self.words[place]
                if other[0].isdigit() or other in SHORT_WEEKDAYS or other in WEEKDAYS or other in PART_WORDS:
                    return True
        return False

    def _no_name(self, at: int, word: str) -> bool:
        if word not in NAMELIKE:
            return True
        dotted = self.words[at + 1 : at + 2] == ["."]
        others = {*self.words[:at], *self.words[at + 1 :]}
        marked = any(found["mark"] and "uhr" in found["mark"].lower() for found in self.raw)
        return dotted or marked or bool((TYPICAL | set(SHORT_WEEKDAYS) - {"do", "di", "sun", "sat"}) & others)

    def _compound(self, at: int, word: str) -> int:
        """`Samstagvormittag`, `zaterdagochtend`, `lördagkväll`: the weekday and the part of the day."""
        for size in range(6, min(12, len(word) - 3)):
            part = word[size:].removeprefix("s")
            if word[:size] in WEEKDAYS and part in PART_WORDS:
                part = "vormittag" if part == "morgen" else part
                name = next(value for rest, say, value in PHRASES[part] if not rest and say is Say.PART)
                start, end = self.raw[at].span()
                self.out.append(
                    Piece(
                        Say.DAY,
                        start,
                        start + size,
                        self.seen[start : start + size],
                        value=("weekday", WEEKDAYS[word[:size]]),
                    )
                )
                self.out.append(Piece(Say.PART, start + size, end, self.seen[start + size : end], value=name))
                return at + 1
        return 0

    def _zone(self, at: int, text: str, word: str) -> int:
        after_time = bool(self.out) and self.out[-1].say in {Say.TIME, Say.NUMBER}
        if (text.isupper() or word in LOWER_ZONES or (after_time and word in LOWER_AFTER_TIME)) and 1 <= len(
            word
        ) <= 5:
            name = ALIASES.get(word, text.upper())
            if (name not in WORDS_TOO or after_time) and name not in {"Z", "A", "I"} and meanings(name):
                return self.add(Say.ZONE, at, value=name)
            if name == "Z" and after_time:
                return self.add(Say.ZONE, at, value="UTC")
            if after_time and LOOKS_LIKE_A_ZONE.fullmatch(text):
                return self.add(Say.ZONE, at, value="")
        if text[:1].isupper() and text in WORDS_TOO and len(text) > 4 and after_time:
            return self.add(Say.ZONE, at, value="")
        if word in {"hora", "heure", "ora", "ortszeit"} and (
            place := TIME_IN.match(self.seen, self.raw[at].end())
        ):
            return self._time_of(at, place.end(), place[1].casefold())
        if word.startswith("московск"):
            return self.add(Say.ZONE, at, value="MSK")
        if (
            text in {"UTC", "Any", "All", "Some", "Full", "Part", "Local", "My", "Same"}
            or not text[:1].isupper()
        ):
            return 0
        if time_of := TIME_OF.match(self.seen, self.raw[at].end()):
            return self._time_of(at, time_of.end(), word)
        return 0

    def _time_of(self, at: int, end: int, place: str) -> int:
        """The clocks of a place, from one piece to a place in the text."""
        last = at
        while last + 1 < len(self.raw) and self.raw[last + 1].start() < end:
            last += 1
        return self.add(Say.ZONE, at, last, value=PLACES.get(place.removesuffix("er"), PLACES.get(place, "")))


def pieces(seen: str) -> list[Piece]:
    """Every piece of a text that `plain` has made, in order."""
    return _Lexer(seen).pieces()
