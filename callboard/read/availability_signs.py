"""How times, dates, zones and signs look in texts about hours."""

import re
from typing import NamedTuple

from callboard.read.availability_words import Say, words


class Piece(NamedTuple):
    """One piece with its place; times carry hour, minute and half of the day, the rest carries a value by its kind."""

    say: Say
    start: int
    end: int
    text: str
    hour: int = -1
    minute: int = 0
    half: str = ""  # "a", "p", or "" where the text gives none
    value: object = None

    @property
    def bare(self) -> bool:
        """Whether a time does not tell by its looks which half of the day it lies in."""
        return not self.half and 1 <= self.hour <= 12 and not self.text.startswith("0") and self.value is None


_AREAS = "Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific"
LEX = re.compile(
    rf"""
      (?P<offset>(?:UTC|GMT|utc|gmt|Utc|Gmt)[ ]?[-+−–][0-9]{{1,2}}(?::?[0-9]{{2}})?(?![\w]|[:.,][0-9])
        |(?:UTC|GMT)[ ][+−][ ][0-9]{{1,2}}(?![\w]|[:.,][0-9]|[ ]?[-–—][ ]?[0-9]|[ ][^\W\d_]{{3}}))
    | (?P<badzone>(?:UTC|GMT)[ ]?[+−][0-9][\w:.,]{{0,9}})
    | (?P<area>(?:{_AREAS})/[A-Za-z_]{{1,30}}(?:/[A-Za-z_]{{1,30}})?(?![\w/]))
    | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*(?:-feira)?)
    | (?P<date>[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}(?![0-9])|[0-9]{{1,2}}\.(?:0?[1-9]|1[0-2])\.(?:[0-9]{{4}}|[0-9]{{2}})?(?![0-9h]|:[0-9]))
    | (?P<slash>(?<![/\w])[0-9]{{1,2}}/[0-9]{{1,2}}(?:/[0-9]{{2,4}})?(?![\w/]|[.,][0-9]))
    | (?P<address>[0-9]+(?:\.[0-9]+){{3,}})
    | (?P<nth>[0-9]{{1,2}}(?:st|nd|rd|th|º|ª|er|ème)(?!\w))
    | (?P<length>[0-9]{{1,2}}(?:[.,][0-9]|½)?[ ]?-?(?:hours?|hrs?|Stunden?|h)(?![\w])(?<![7-9]h)(?<![12][0-9]h)|[0-9]{{1,3}}[ ]?-?(?:mins?|minutes?|Minuten)(?!\w))
    | (?P<time>(?P<hh>[0-9]{{1,2}})(?:[:.](?P<mm>[0-9]{{2}})(?::00)?|[ ]?[hHuч][ ]?(?P<hm>[0-9]{{2}}))?(?![0-9])
        (?P<half>[ ]{{0,2}}(?:[aApP][mM](?!\w)|[aApP]\.[ ]?[mM](?!\w)\.?)|[aApP](?!\w))?(?P<both>[ ]?/[ ]?[aApP]\.?[mM](?!\w)\.?)?
        (?P<mark>[ ]?(?:h|H|hs|hrs|hours|Uhr|uhr|UHR|u|uur|horas|heures|o['’]clock|часов|часа|ч)(?!\w)\.?)?)
    | (?P<four>(?:[01][0-9]|2[0-4])[0-5][0-9](?![0-9])(?P<fhalf>[ ]?[aApP][mM](?!\w))?(?:[ ]?(?:h|hrs|hours|Uhr)(?!\w))?)
    | (?P<digits>[0-9]+)
    | (?P<arrow>->|-->)
    | (?P<sign_>[^\s])
    """,
    re.VERBOSE,
)
OFFSET = re.compile(r"[A-Za-z]{3} ?([-+−–]) ?([0-9:]+)")
SIGNS = {
    ",": Say.COMMA,
    "、": Say.COMMA,
    "，": Say.COMMA,
    ";": Say.SEMI,
    "|": Say.SEMI,
    "•": Say.SEMI,
    "·": Say.SEMI,
    "(": Say.LEFT,
    "[": Say.LEFT,
    ")": Say.RIGHT,
    "]": Say.RIGHT,
    "!": Say.STOP,
    "。": Say.STOP,
    "-": Say.TO,
    "–": Say.TO,
    "—": Say.TO,
    "−": Say.TO,
    "‒": Say.TO,
    "→": Say.TO,
    "~": Say.VAGUE,
    "≈": Say.VAGUE,
    "&": Say.AND,
    "+": Say.AND,
    "=": Say.SAME,
    "/": Say.SAME,
    **dict.fromkeys("❌✗✘✖☒✕🙅🛑👎", Say.NOT),
    "🚫": Say.NOT,
    "⛔": Say.NOT,
    "?": Say.DOUBT,
    "¿": Say.FILL,
    **dict.fromkeys("🤷🤞❔⚠", Say.UNSURE),
    "🤔": Say.UNSURE,
    "❓": Say.UNSURE,
    "⁉": Say.UNSURE,
    ">": Say.WORD,
    "<": Say.WORD,
    "%": Say.WORD,
    "#": Say.WORD,
    "$": Say.WORD,
    "€": Say.WORD,
}
ALIASES = {"мск": "MSK", "msk": "MSK"}
LOWER_ZONES = frozenset(words("utc gmt cest eest edt pdt mesz мск"))
LOWER_AFTER_TIME = frozenset(words("cet est pst cst ist bst jst msk"))
LOOKS_LIKE_A_ZONE = re.compile("[A-Z]{2,4}T")
TIME_OF = re.compile(r"[ ]+(?:standard |daylight |summer )?(?:time|Time|Zeit)(?!\w)")
# hora de Madrid, heure de Paris
TIME_IN = re.compile(r"[ ]+(?:de |di |d'|von )?([A-ZÀ-Ý][\w-]+)")
NOON = frozenset({"noon", "midday"})
MIDNIGHT = frozenset(
    words("midnight mitternacht minuit medianoche mezzanotte middernacht midnatt полуночи полночь")
)
YEAR = range(1990, 2100)
