"""The pieces of a phrase about time: clock times, lengths, zones, days, dashes and the words between."""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from callboard.read.day_words import WEEKDAY_WORDS, month_after
from callboard.read.zones import WORDS_TOO, ZONE
from callboard.values import value


class Kind(StrEnum):
    """What a piece of text is, by its looks alone."""

    CLOCK = "clock"  # 09:00, 10 AM, 3 p.m., noon
    DOTTED = "dotted"  # 9.00: a time only in company
    FOUR = "four"  # 1400
    NUMBER = "number"  # 14
    LENGTH = "length"  # 50 min
    ZONE = "zone"
    DASH = "dash"  # -, –, to, until
    DATE = "date"  # 15 May 2026, 2026-05-15, 15.05.
    WEEKDAY = "weekday"
    ORDINAL = "ordinal"  # 21st
    DAY_NUMBER = "day number"  # Day 2
    VAGUE = "vague"  # ~, about
    WORD = "word"
    PUNCTUATION = "punctuation"


@value()
class Token:
    """One piece with its place in the text; clock times carry hour, minute and half of the day, lengths their minutes."""

    kind: Kind
    start: int
    end: int
    text: str
    hour: int = 0
    minute: int = 0
    half: str = ""  # "a", "p", or "" where the page gives none
    minutes: int = 0
    note: str = ""  # an oddity code that the looks alone give away
    numbers: tuple[int, ...] = ()  # of a date: as written


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?:(?i:jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)|[Mm]ar(?:ch)?|MAR(?:CH)?|May|MAY)(?![^\W_])\.?"
)
_NTH = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_HALF = r"(?:[ ]{0,9}(?:[aApP](?:\.?|\.[ ])[mM]\b\.?)|[aApP](?![\w.'’]))"
_RANGE = r"(?:[ ]?[-–—/&][ ]?|[ ](?:to|and|or)[ ])"
# Two patterns, so that the many forms that begin with a digit cost nothing elsewhere; order matters in both.
_EITHER = r"""(?P<named>(?<!\w)(?:12[ ])?(?i:noon|midday|midnight)(?!\w))
    | (?P<word>[^\W_](?:[\w'’]*\w)?)
    | (?P<other>[^\s])"""
_FROM_DIGIT = re.compile(
    rf"""
      (?P<iso>(?<![\w-])[0-9]{{4}}[-/][0-9]{{1,2}}[-/][0-9]{{1,2}}(?![0-9]))
    | (?P<dmy>(?<![\w:.,])(?:{_NTH}\.?{_RANGE})?{_NTH}\.?(?:[ ]of)?[ ]{{0,9}}{_MONTH}(?:,?[ ]{{1,2}}[0-9]{{4}}(?![0-9:.]))?)
    | (?P<numeric>(?<![\w:.,])[0-9]{{1,2}}(?:\.(?:0?[1-9]|1[0-2])\.(?:[0-9]{{4}}|[0-9]{{2}})?(?![0-9:])
        |/[0-9]{{1,2}}/[0-9]{{4}}|-[0-9]{{1,2}}-[0-9]{{4}})(?!\w))
    | (?P<hours>(?<![\w:])(?<![0-9][.,])[0-9]{{1,2}}(?:[.,][0-9]{{1,2}}|½)?[ ]{{0,9}}-?(?:(?i:h|hrs?|hours?)|(?<=[0-9])u)(?!\w|'|[ ]{{1,9}}[0-9]{{2}}(?!\w|:|[ ]?m))
        (?:[ ]{{0,9}}(?:and[ ])?[0-9]{{1,2}}[ ]{{0,9}}(?i:m|mins?|minutes?)(?!\w))?)
    | (?P<hourmin>(?<![\w:])[0-9]{{1,2}}(?:[hu]|[ ]{{1,9}}h[ ]{{1,9}})[0-9]{{2}}(?!\w))
    | (?P<minutes>(?<![\w:])(?<![0-9][.,:])[0-9]{{1,4}}(?:[ ]{{0,9}}-?(?i:mins?|minut(?:es?|en|i|os|er))(?!\w)\.?|['′’](?!\w)|m(?!\w)))
    | (?P<colon>(?<![\w:])(?<![0-9][.,])[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?![0-9:])
        (?:{_HALF}|h(?!\w)|[ ]{{0,9}}(?i:hrs|hours|uhr|uur)(?!\w))?)
    | (?P<dot>(?<![\w:])(?<![0-9][.,])[0-9]{{1,2}}\.[0-9]{{2}}(?![0-9]|[.,][0-9]|[ ]?%)(?:{_HALF}|[ ]{{0,9}}(?:h|Uhr|uur)(?!\w))?)
    | (?P<ordinal>(?<![\w.,:])[0-9]{{1,2}}(?:st|nd|rd|th)(?!\w))
    | (?P<four>(?<![\w:.,/#])(?:[01][0-9]|2[0-4])[0-5][0-9](?!\w|[:.,/][0-9])(?:{_HALF}|[ ]?(?:hrs|hours)(?!\w))?|(?<![\w:.,/#])[0-9]{{4}}h(?!\w))
    | (?P<halfday>(?<![\w:])(?<![0-9][.,])[0-9]{{1,2}}{_HALF})
    | (?P<oclock>(?<![\w:.,])[0-9]{{1,2}}[ ]{{0,9}}(?i:o['’]?clock|uhr)(?!\w))
    | (?P<twelve>12[ ](?i:noon|midday|midnight)(?!\w))
    | (?P<number>(?<![\w:.,/\#+])[0-9]{{1,2}}(?![\w:/\#%]|[.,][0-9]))
    | {_EITHER}
    """,
    re.VERBOSE,
)
_FROM_OTHER = re.compile(
    rf"""
      (?P<mdy>(?<!\w){_MONTH}[ ]{{0,9}}{_NTH}(?!\w|[:.][0-9])(?:{_RANGE}(?:{_MONTH}[ ])?{_NTH}(?!\w|[:.][0-9]|[ ]?[aApP]\.?[mM]))?
        (?:,?[ ]{{1,2}}[0-9]{{4}}(?![0-9:.]))?)
    | (?P<daynumber>(?<!\w)(?<!every[ ])(?<!each[ ])(?<!all[ ])[Dd]ay[ ]?\#?[0-9]{{1,2}}(?!\w|:[0-9]|[.][0-9]|[ ]?[-–—][ ]?[0-9]))
    | (?P<weekday>(?<!\w)(?:(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)days?)
        |(?:Mon|MON|Tues?|TUES?|Wed|WED|Thu(?:rs?)?|THU(?:RS?)?|Fri|FRI|Sat|SAT|Sun|SUN)(?!\w)\.?
        |(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?=\.?,?[ ]?[0-9]))(?!\w))
    | (?P<zone>(?<![^\W0-9])(?<!/){ZONE}|(?<=[0-9]{{2}}:[0-9]{{2}})Z(?!\w))
    | (?P<numericzone>(?:(?<=[0-9])|(?<=[0-9][ ]))[+−][0-9]{{2}}:?[0-9]{{2}}(?![\w:]))
    | (?P<about>(?<!\w)(?i:approx(?:imately|\.)?|about|around|roughly|circa|ca\.|c\.|ca(?=[ ][0-9]))|[~≈])
    | (?P<dash>--?|[–—−‒]|→|(?<!\w)(?i:to|until|till?|'til|thru|through)(?!\w))
    | {_EITHER}
    """,
    re.VERBOSE,
)
_OTHER_HALF = re.compile(r"[ ]?/[ ]?[aApP]\.?[mM]\b\.?")  # 10:30 am/pm
_START = re.compile(r"\S")
_ASCII_DIGITS = frozenset("0123456789")
_ISO_T = re.compile(r"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})T(?=[0-9]{2}:)")
# 10 h – 11 h, de 10 h à 11 h, and 14 h alone; what stands before the hour comes first
_SPACED_H = re.compile(
    r"()(?<![\w:.])(\d{1,2}) {1,9}h(?= {0,2}(?:[-–—]|[aà] ) ?\d)|()(?<=[-–—aà] )(\d{1,2}) {1,9}h(?![\w ]*\d)|\A(\s*)([7-9]|[12]\d) {1,9}h(?=\s*\Z)"
)
_UNKNOWN_ZONE = re.compile("[A-Z]{2,3}T")  # after a time it looks like a zone: asked about, not passed over
_DIGITS = re.compile(r"[0-9]+")
_YEAR_LIKE = range(1990, 2100)
_SMALL_HOUR = 7  # "1h30" is rather a length, "14h30" a time


def _half(text: str) -> str:
    letters = text.lower().rstrip(".m ").rstrip()
    return letters[-1] if letters[-1:] in {"a", "p"} else ""


def _clock(kind: Kind, found: re.Match[str], note: str = "") -> Token:
    text = found[0]
    digits = [int(part) for part in _DIGITS.findall(text)]
    minute = digits[1] if len(digits) > 1 else 0
    return Token(kind, *found.span(), text, digits[0], minute, _half(text), note=note)


def _four(found: re.Match[str]) -> Token:
    digits = found[0][:4]
    return Token(
        Kind.FOUR, found.start(), found.end(), found[0], int(digits[:2]), int(digits[2:]), _half(found[0][4:])
    )


def _named(found: re.Match[str]) -> Token:
    late = found[0].lower().endswith("midnight")
    return Token(
        Kind.CLOCK, *found.span(), found[0], hour=24 if late else 12, note="midnight" if late else ""
    )


def _hours(found: re.Match[str]) -> Token:
    numbers = _DIGITS.findall(found[0].replace(",", "."))
    text, start, end = found[0], found.start(), found.end()
    hour = int(numbers[0])
    fraction = re.match(r"[0-9]+[.,]([0-9]+)", text)
    glued = re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{2})?[hu]", text)
    if glued and hour >= _SMALL_HOUR:  # 18.30h, 14h
        kind = Kind.DOTTED if fraction else Kind.NUMBER
        return Token(kind, start, end, text, hour, int(fraction[1]) if fraction else 0)
    minutes = hour * 60
    if fraction:
        minutes += round(float(f"0.{fraction[1]}") * 60)
    elif len(numbers) > 1:
        minutes += int(numbers[1])
    minutes += 30 * ("½" in text)
    return Token(Kind.LENGTH, start, end, text, hour=hour, minutes=minutes)


def _hour_minute(found: re.Match[str]) -> Token:
    hour, minute = (int(part) for part in _DIGITS.findall(found[0]))
    note = "clock-or-length" if hour < _SMALL_HOUR else ""
    return Token(Kind.CLOCK, *found.span(), found[0], hour, minute, note=note)


def _colon(found: re.Match[str]) -> Token:
    token = _clock(Kind.CLOCK, found)
    if token.text.lower().endswith("hours") and token.hour < _SMALL_HOUR:
        return _clock(Kind.CLOCK, found, "clock-or-length")
    return token


def _month(text: str) -> int:
    return next(
        (
            MONTHS.index(word[:3].lower()) + 1
            for word in re.findall(r"[A-Za-z]{3,}", text)
            if word[:3].lower() in MONTHS
        ),
        0,
    )


def _date(found: re.Match[str]) -> Token:
    numbers = tuple(int(part) for part in _DIGITS.findall(found[0]))
    return Token(
        Kind.DATE, *found.span(), found[0], note=found.lastgroup or "", numbers=(_month(found[0]), *numbers)
    )


def _simple(kind: Kind, found: re.Match[str]) -> Token:
    return Token(kind, *found.span(), found[0])


_CLOCK_KINDS = {"dot": Kind.DOTTED, "number": Kind.NUMBER, "halfday": Kind.CLOCK}
_PLAIN = {
    "zone": Kind.ZONE,
    "weekday": Kind.WEEKDAY,
    "about": Kind.VAGUE,
    "dash": Kind.DASH,
    "word": Kind.WORD,
}


def _token(found: re.Match[str]) -> Token:
    match found.lastgroup:
        case "iso" | "dmy" | "mdy" | "numeric":
            return _date(found)
        case "colon":
            return _colon(found)
        case "four":
            return _four(found)
        case "oclock":
            lower = found[0].lower()
            half_missing = not lower.endswith("uhr") and int(_DIGITS.findall(lower)[0]) <= 12
            return _clock(Kind.CLOCK, found, "half-day-missing" if half_missing else "")
        case "named" | "twelve":
            return _named(found)
        case "hours":
            return _hours(found)
        case "hourmin":
            return _hour_minute(found)
        case "minutes":
            return Token(Kind.LENGTH, *found.span(), found[0], minutes=int(_DIGITS.findall(found[0])[0]))
        case "dot" | "number" | "halfday" as looks:
            return _clock(_CLOCK_KINDS[looks], found)
        case "ordinal":
            return Token(Kind.ORDINAL, *found.span(), found[0], hour=int(found[0][:-2]))
        case "daynumber":
            return Token(Kind.DAY_NUMBER, *found.span(), found[0], hour=int(_DIGITS.findall(found[0])[0]))
        case plain:
            return _simple(_PLAIN.get((plain or "").removeprefix("numeric"), Kind.PUNCTUATION), found)


def _glued_offset(seen: str, found: re.Match[str], before: Token | None) -> Token | None:
    """`08:00 UTC-11:00 UTC` is a range, `08:00 UTC-5` an offset; `08:00 UTC-11:00` could be both and says so."""
    dash = found["sign"]
    if dash is None or dash.strip() in {"+", "−"} or before is None or before.kind not in CLOCKS:
        return None
    name = Token(Kind.ZONE, found.start(), found.start() + 3, found[0][:3])
    behind = seen[found.end() : found.end() + 2]
    after = _FROM_OTHER.match(seen, found.end() + len(behind) - len(behind.lstrip()))
    if (after and after.lastgroup == "zone") or dash == "–" or behind[:1] in {*"aApP"}:
        return name
    if ":" in found[0] or int(found["off"][:2]) > 9:
        return Token(Kind.ZONE, found.start(), found.end(), found[0], note="offset-or-range")
    return None


CLOCKS = frozenset({Kind.CLOCK, Kind.DOTTED, Kind.FOUR, Kind.NUMBER})


def _after_clock(out: Sequence[Token]) -> bool:
    before = out[-2] if len(out) > 1 and out[-1].text == "(" else out[-1] if out else None
    return before is not None and before.kind in CLOCKS


def _glued_h(found: re.Match[str]) -> str:
    before, hour = (part for part in found.groups() if part is not None)
    return f"{before}{hour}h".ljust(len(found[0]))


def tokens(seen: str) -> list[Token]:
    """Every piece of a text that `plain` has made, in order; nothing but blanks is left out."""
    seen = _ISO_T.sub(" ", seen)
    seen = _SPACED_H.sub(_glued_h, seen) if " h" in seen else seen
    out: list[Token] = []
    at = 0
    while begin := _START.search(seen, at):
        pattern = _FROM_DIGIT if begin[0] in _ASCII_DIGITS else _FROM_OTHER
        found = pattern.match(seen, begin.start())
        if found is None:  # no character is left over by both
            break
        token = _token(found)
        if found.lastgroup == "zone":
            token = _glued_offset(seen, found, out[-1] if out else None) or token
            if token.text in WORDS_TOO and not (out and out[-1].kind in CLOCKS):
                token = _simple(Kind.WORD, found)
        elif token.kind is Kind.WORD and token.text.casefold() in WEEKDAY_WORDS:
            token = _simple(Kind.WEEKDAY, found)
        elif token.kind is Kind.NUMBER and (month := month_after(seen, token.end)):
            end = month[2]
            numbers = (month[0], token.hour, *((month[1],) if month[1] else ()))
            token = Token(Kind.DATE, token.start, end, seen[token.start : end], note="dmy", numbers=numbers)
        elif token.kind is Kind.WORD and _UNKNOWN_ZONE.fullmatch(token.text) and _after_clock(out):
            token = _simple(Kind.ZONE, found)
        elif token.kind is Kind.LENGTH and out and out[-1].text in {"×", "x"}:
            token = _simple(Kind.WORD, found)  # 3 × 10 min
        elif token.half and (both := _OTHER_HALF.match(seen, token.end)):
            token = replace(token, end=both.end(), text=seen[token.start : both.end()], note="half-day-both")
        out.append(token)
        at = token.end
    return out


def year_like(token: Token) -> bool:
    """Whether four digits are rather a year than a time."""
    return token.kind is Kind.FOUR and token.hour * 100 + token.minute in _YEAR_LIKE
