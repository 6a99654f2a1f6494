"""Words in many languages that a list item may have before its time: `ore 9.30`, `a las 10:00`, `o godz. 10:00`, `Slot 3: 14:00`."""

from collections.abc import Sequence

from callboard.read.day_words import MONTH_WORDS, WEEKDAY_WORDS
from callboard.read.tokens import MONTHS, WEEKDAYS, Kind, Token

# A number behind these is an hour: `kl 10-11`.
_OF_AN_HOUR = frozenset(
    {"at", "kl", "klockan", "klo", "kello", "um", "om", "ore", "orario", "godz", "godzina", "godzinie", "às", "las"}
)  # fmt: skip
# What begins there has no end: `ab 9:40`, `from 14:00`.
OPENING = frozenset({"from", "ab", "von", "de", "od", "desde", "dalle", "das", "dès", "vanaf", "från"})
_BEFORE = (
    _OF_AN_HOUR
    | OPENING
    | {"starting", "start", "van", "alle", "à", "a", "la", "o", "v", "ve", "в", "о", "с", "entre"}
)
_LEADS = _BEFORE | {
    *("slot", "slots", "time", "timeslot", "timeslots", "day", "noon", "midday", "midnight", "nbsp"),
    *("ca", "approx", "approximately", "about", "around", "roughly", "circa", "c"),
}


def may_lead(word: str) -> bool:
    """Whether a time may follow the word in small letters that an item begins with; a look that costs little."""
    known = word in _LEADS or word in WEEKDAY_WORDS or word in MONTH_WORDS
    return known or word[:3] in WEEKDAYS or word[:3] in MONTHS


def leads(pieces: Sequence[Token], at: int) -> bool:
    """Whether a word leads to a time: `from 10:00`, `a las 10:00`; `A (10:00)` is a title."""
    word = pieces[at].text.casefold()
    if pieces[at].kind is not Kind.WORD or word not in _BEFORE:
        return False
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return len(word) > 1 or (after is not None and (after.kind is Kind.CLOCK or leads(pieces, at + 1)))


def of_an_hour(pieces: Sequence[Token], at: int) -> bool:
    """Whether a word before a number says that it is an hour: `kl 10`, `godz. 10`."""
    at -= at > 1 and pieces[at - 1].text == "."
    return at > 0 and pieces[at - 1].text.casefold() in _OF_AN_HOUR
