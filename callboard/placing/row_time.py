"""Times of rows in a page's own notation: `14:00–14:55`, `9.30 - 10.25`, `1400-1455`, `14–15`, `9:30 am – 10:25 am`, `2pm`."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from callboard.model import Session
from callboard.placing import NotPlaced

_DAY = 24 * 60
_CLOCK = re.compile(
    r"(?<![\w:.])(?P<hour>\d{1,2})(?:(?P<sep>[:.h])(?P<minute>[0-5]\d)|(?P<four>[0-5]\d))?"
    r"(?P<half>[ ]?[ap](?:\.m\.|m)?(?![\w.]))?(?![\w:]|[.]\d)",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"(?<!\d)\d{1,3}(?=\s*(?:min|minutes?|′)\b)")
_STRANGE = re.compile(r"\d|<!--|<translate|\{\{|\[|://|noon|midnight|[~≈?]", re.IGNORECASE)


def minutes_shown(source: str) -> int | None:
    """Minutes since midnight of the first clock time in a cell, by the clock that the page shows; None if it has none."""
    found = next(_clocks(source), None)
    return _minutes(found, found) if found else None


def _clocks(source: str) -> Iterator[re.Match[str]]:
    return _CLOCK.finditer(_MINUTES.sub(lambda length: " " * len(length[0]), source))


def time_like(source: str, model: Session, when: tuple[datetime, datetime]) -> str:
    """The time in the words of the model's cell: its clock times shifted, its minutes replaced.

    Raises NotPlaced where that is not certain: two zones in one cell, links, remarks with numbers.
    """
    clocks = list(_clocks(source))
    rest = _MINUTES.sub("", _CLOCK.sub("", _MINUTES.sub("min", source)))
    start, end = when
    if not model.start or not 0 < len(clocks) < 3 or _STRANGE.search(rest) or not _fit(clocks, model):
        raise NotPlaced(
            f"the way in which the page writes times is not certain ({source or 'no cell'!r}): add the row by hand"
        )
    out, at = [], 0
    for found, moment in zip(clocks, (start, end), strict=False):
        shift = int((moment - model.start) / timedelta(minutes=1))
        out += [
            source[at : found.start()],
            _written(found, (_minutes(clocks[0], clocks[-1]) + shift) % _DAY, clocks),
        ]
        at = found.end()
    length = str(int((end - start) / timedelta(minutes=1)))
    return "".join(out) + _MINUTES.sub(length, source[at:])


def _fit(clocks: Sequence[re.Match[str]], model: Session) -> bool:
    """Whether two clock times are the start and the end of the model, and not the start in two zones."""
    if len(clocks) == 1:
        return True
    first, last = _minutes(clocks[0], clocks[1]), _minutes(clocks[1], clocks[1])
    return model.length is not None and (last - first) % _DAY == model.length / timedelta(minutes=1)


def _minutes(found: re.Match[str], last: re.Match[str]) -> int:
    """Minutes since midnight; in `9:30–10:30 am` the end says which half of the day is meant."""
    half = (found["half"] or "").strip()[:1].lower()
    hour, minute = int(found["hour"]), int(found["minute"] or found["four"] or 0)
    if half:
        return (hour % 12 + (12 if half == "p" else 0)) * 60 + minute
    if last["half"]:
        until = _minutes(last, last)
        same = (hour % 12 + (12 if until >= _DAY // 2 else 0)) * 60 + minute
        return same if same < until else (hour % 12) * 60 + minute
    return hour * 60 + minute


def _written(found: re.Match[str], minutes: int, clocks: Sequence[re.Match[str]]) -> str:
    """A time of day as the found one is written; with minutes where they are needed, with am or pm where one has it."""
    hour, minute = divmod(minutes, 60)
    half = found["half"] or next((clock["half"] for clock in clocks if clock["half"]), "")
    if half:
        letter = "p" if hour >= 12 else "a"
        upper = next(sign for sign in half if sign in "apAP").isupper()
        half = re.sub("[apAP]", letter.upper() if upper else letter, half, count=1)
        hour = hour % 12 or 12
    padded = any(clock["hour"].startswith("0") or clock["four"] for clock in clocks) or (
        not half and all(int(clock["hour"]) >= 10 and clock["sep"] for clock in clocks)
    )
    text = f"{hour:02d}" if padded else str(hour)
    if found["four"]:
        return f"{text}{minute:02d}{half}"
    sep = found["sep"] or next((clock["sep"] for clock in clocks if clock["sep"]), None)
    if found["sep"] or minute:
        return f"{text}{sep or ':'}{minute:02d}{half}"
    return f"{text}{half}"
