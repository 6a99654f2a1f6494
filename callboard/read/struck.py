"""What stands beside a session that is struck out: a session of its own, a note why it is off, or nothing that can be told."""

import re
from collections.abc import Sequence

from callboard.read.cell_kinds import CellKind, CellReading
from callboard.read.phrases import says_off
from callboard.read.signatures import STAMP
from callboard.read.titles import line_title
from callboard.wikitext.flat import LINE, PERSON, TASK, Flat, Style, without_special

_LETTER = re.compile(r"[^\W\d_]")
_NOTE = re.compile(
    r"\b(?:sorry|apologies|ill|sick|illness|dropped|cancel+ed|called\s+off|postponed|withdrawn|moved|rescheduled|no\s+longer|"
    r"not\s+(?:happening|held|taking|coming|attending|available)|(?:can|won)['’]t|cannot|unable|i['’]m|"
    r"krank|fällt|entfällt|ausgefallen|abgesagt|verschoben|leider|siehe|malade|annulée?|reportée?|déplacée?|voir|"
    r"se\s+(?:cancela|suspende|pospone)|cancelad[oa]|suspendid[oa]|aplazad[oa]|enferm[oa]|doente|adiad[oa]|"
    r"ziek|vervalt|vervallen|geannuleerd|verplaatst|inställ[td]|aflyst|avlyst|peru(?:ttu|utettu)|"
    r"zrušen\w*|odpadá|přesunut\w*|odwołan\w*|przeniesion\w*|chor[ya]|отмен\w*|перенес\w*)(?!\w)|[→⇒➡➔➜]",
    re.IGNORECASE,
)
_Line = tuple[int, int]


def beside_struck(flat: Flat, seen: str, lines: Sequence[_Line], reading: CellReading) -> CellKind:
    """What a cell is that would be a session by what is not struck out in it.

    `<s>Maps</s> '''Graphs'''` and `<s>Maps – [[User:Ada]]</s> Graphs – [[User:Bo]]` are sessions, `<s>Maps</s> was withdrawn`
    is none. Of `<s>Maps – [[User:Ada]]</s> ''the speaker is ill''` it cannot be told, nor of words that somebody signed.
    """
    struck = _struck_title(flat)
    if not struck or not lines:
        return reading.kind
    rest = LINE.join(seen[start:end] for start, end in lines)
    if says_off(rest):
        return CellKind.STRUCK
    title_at, with_people = struck
    if STAMP.search(rest):
        return CellKind.STRUCK_UNCLEAR
    first = next((place for line in lines for place in range(*line) if seen[place].isalnum()), lines[0][0])
    bold = bool(flat.style(first) & Style.BOLD)
    note = _NOTE.search(without_special(rest)) is not None
    if PERSON in rest or TASK in rest or reading.owners:
        return CellKind.STRUCK_UNCLEAR if note and not bold else reading.kind
    if note:
        return CellKind.STRUCK_UNCLEAR
    if bold or first < title_at:
        return reading.kind
    like_title = not seen[first].islower() and not flat.style(first) & (Style.ITALIC | Style.SMALL)
    return reading.kind if like_title and not with_people else CellKind.STRUCK_UNCLEAR


def _struck_title(flat: Flat) -> tuple[int, bool] | None:
    """Where a title begins among what is struck out, and whether people or a task are struck out with it."""
    runs = list(flat.styled(0, len(flat.text), Style.STRUCK))
    shown = _only(flat.text, runs)
    at = 0
    for line in shown.split(LINE):
        title = line_title(shown, at, at + len(line))
        if _LETTER.search(title):
            return at + len(line) - len(line.lstrip()), PERSON in shown or TASK in shown
        at += len(line) + 1
    return None


def _only(text: str, runs: Sequence[_Line]) -> str:
    """The text with everything but the runs and the ends of lines blanked."""
    out = [character if character == LINE else " " for character in text]
    for start, end in runs:
        out[start:end] = text[start:end]
    return "".join(out)
