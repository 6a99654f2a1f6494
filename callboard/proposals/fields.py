"""What a proposal says of its session, by field; what it leaves out, and where it says two things."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from callboard.config_board import BoardFields
from callboard.config_tables import Format
from callboard.proposals.description import MOST_PEOPLE, claimed_accounts
from callboard.proposals.labels import field_of
from callboard.proposals.remarkup import Entry, entries, ticked, without_marker
from callboard.read.matching import same_title, tag_of, without_tag
from callboard.values import value

_MOST = 300  # characters of a value; of a description
_MOST_TEXT = 4000
_SLACK = 10  # minutes by which a length may differ from its format's
_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]|\[([^\[\]\n]{1,200})\]\(([^()\s]{1,500})\)")
_MARKS = re.compile(r"\*\*|__|!!|''+|`|(?<!:)//(?!\S*\.\S*/)")
_STRUCK = re.compile(r"~~[^~]*~~|<!--.*?(?:-->|\Z)", re.DOTALL)
_HINT = re.compile(r"^[(<\[{].{0,120}[)>\]}]$")  # "(your username)", "<fill in>": left over from the template
_LEFT_OPEN = frozenset(
    {
        "", "-", "–", "—", "?", "??", "???", "…", "...", "tbd", "tba", "tbc", "n/a", "na", "xxx", "todo", "none", "nothing",
        "unknown", "not yet", "not sure", "to be determined", "to be decided", "to be announced", "to be defined",
        "your username", "your name", "your answer", "fill in", "please fill in", "title", "your title", "your session title",
        "session title", "title of session", "write here", "text", "no idea",
    }
)  # fmt: skip
_NO_COUNTS = frozenset({"help", "recording", "times", "track", "language"})  # "none" is an answer here
# Control characters, and signs that turn the direction of what follows them; joiners are part of words and emoji.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SOME_FIELD = re.compile(r"\||(?:\*\*|__)?[^\W\d][\w ()/-]{1,60}:(?:\*\*|__)?(?:\s|$)")
_ANYWHERE = re.compile(r"\b(?:any|either|no preference|whatever|wherever|flexible|all)\b")
_MINUTES = re.compile(
    r"(?<![\d:.,-])(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?\s*(?:min\b|mins\b|minutes?\b|minutos?\b|minuten\b|'|′)"
)
_HOURS = re.compile(
    r"(?<![\d:.,-])(\d(?:[.,]5)?)\s*(?:h\b|hrs?\b|hours?\b)(?:\s*(\d{1,2})\s*(?:min\w*|m)\b)?"
)


@value()
class Fields:
    """The values by field, cleaned for people; `format` is the event's own name of it and `minutes` a number, if known."""

    values: Mapping[str, str]
    missing: tuple[str, ...]
    contradictions: tuple[str, ...]


def read_fields(description: str, title: str, labels: BoardFields, formats: Sequence[Format]) -> Fields:
    """What the description and the task's title say; fields are named as in `BoardFields`."""
    return _read(description, title, labels, tuple(formats))


@lru_cache(maxsize=16384)
def _read(description: str, title: str, labels: BoardFields, formats: tuple[Format, ...]) -> Fields:
    found = entries(description, field_of(labels))
    values: dict[str, str] = {}
    at_odds: list[str] = []
    given: dict[str, list[str]] = {}
    for entry in found:
        name = entry.field or "description"
        if (entry.field or name not in given) and (text := _cleaned(entry, formats)):
            given.setdefault(name, []).append(text)
    for name, texts in given.items():
        values[name] = _one_of(name, texts)
        at_odds += _several(name, texts)
    if accounts := claimed_accounts(description, labels):
        values.setdefault("people", ", ".join(accounts))
        if len(accounts) == MOST_PEOPLE:
            at_odds.append(f"so many people that only the first {MOST_PEOPLE} are looked up")
    at_odds += _titles(values, title)
    at_odds += _formats(values, title, formats)
    missing = tuple(name for name in dict.fromkeys(labels.required) if not _has(name, values, formats))
    return Fields(values, missing, tuple(dict.fromkeys(at_odds)))


def _has(name: str, values: Mapping[str, str], formats: Sequence[Format]) -> bool:
    if name == "minutes" and "minutes" not in values:  # the event's formats have a length each
        return any(form.name == values.get("format") for form in formats)
    return name in values


def _cleaned(entry: Entry, formats: Sequence[Format]) -> str:
    """The value for people, or "" where the template was left as it was."""
    text = _STRUCK.sub("", ticked(_UNSEEN.sub("", entry.value)))
    if not entry.field:  # under no label: text, but not what looks like further fields
        lines = text.split("\n")
        text = "\n".join(line for line in lines if not _SOME_FIELD.match(without_marker(line)))
    if entry.field in {"", "description"}:
        text = re.sub(r"\n{3,}", "\n\n", text).strip()
        return text[:_MOST_TEXT].strip() if not _open(entry.field, text) else ""
    text = _MARKS.sub("", _LINK.sub(_shown, text))
    lines = [" ".join(without_marker(line).split()).strip(" ,;|") for line in text.split("\n")]
    text = ", ".join(line for line in lines if line)[:_MOST].strip()
    return "" if _open(entry.field, text) or _is_template(entry.field, text, formats) else text


def _open(name: str, text: str) -> bool:
    plain = " ".join(text.casefold().split()).strip(" .*_:")
    if plain in _LEFT_OPEN:
        return not (name in _NO_COUNTS and plain in {"none", "nothing", "n/a", "na"})
    return bool(_HINT.match(plain)) and plain.count(plain[0]) == 1


def _is_template(name: str, text: str, formats: Sequence[Format]) -> bool:
    """Whether a format is still the template's whole choice: `Presentation / Discussion / Workshop / Lightning talk`."""
    return name == "format" and len(formats) > 2 and len(_named(text, formats)) == len(formats)


def _shown(link: re.Match[str]) -> str:
    target, label, other, _ = (part.strip() if part else "" for part in link.groups())
    return label or other or re.sub(r"(?i)^:?(?:\w{1,12}:)?user:\s*", "", target)


def _one_of(name: str, texts: Sequence[str]) -> str:
    if name == "description":
        return "\n\n".join(dict.fromkeys(texts))[:_MOST_TEXT].strip()
    if name in {"people", "phabricator", "help"}:
        return ", ".join(dict.fromkeys(texts))[:_MOST].strip()
    definite = [text for text in texts if not _ANYWHERE.search(text.casefold())]
    return (definite or list(texts))[0]


def _several(name: str, texts: Sequence[str]) -> Iterator[str]:
    if name in {"description", "people", "phabricator", "help"}:
        return
    same = {" ".join(text.casefold().split()): text for text in reversed(texts)}
    told = [text for key, text in reversed(same.items()) if name != "track" or not _ANYWHERE.search(key)]
    if len(told) > 1:
        yield f"{name} is given twice: {' and '.join(_quoted(text) for text in told[:4])}"


def _quoted(text: str) -> str:
    return f'"{text if len(text) <= 60 else text[:59].rstrip() + "…"}"'


def _titles(values: dict[str, str], title: str) -> Iterator[str]:
    """Leaves the task's own title, without its tag, in the values; the one in the description only where that has none."""
    own = without_tag(_UNSEEN.sub("", title))
    said = without_tag(values.pop("title", ""))
    if _open("title", own):
        own = ""
    if own and said and not _alike(own, said):
        yield f"the task is called {_quoted(own)}, its description says {_quoted(said)}"
    if own or said:
        values["title"] = (own or said)[:_MOST].strip()


def _alike(one: str, other: str) -> bool:
    first, second = (re.sub(r"\W+", " ", same_title(text)).strip() for text in (one, other))
    short, long = sorted((first, second), key=len)
    return bool(short) and (long.startswith(short) or long.endswith(short))


def _formats(values: dict[str, str], title: str, formats: Sequence[Format]) -> Iterator[str]:
    """Leaves the event's name of the format and the minutes asked for in the values."""
    said = values.pop("format", "")
    told = values.pop("minutes", "")
    named = _named(said, formats)
    in_title = _named(tag_of(title), formats)
    if len(named) > 1:
        yield f"several formats: {', '.join(form.name for form in named)}"
    if len(named) == 1 and len(in_title) == 1 and named != in_title:
        yield f"the title says {in_title[0].name}, the description {named[0].name}"
    form = next(iter(named or in_title), None) if len(named) < 2 else None
    kind = form.name if form else _word(said)
    if kind:
        values["format"] = kind
    lengths = list(dict.fromkeys(n for n in (_minutes(told, bare=True), _minutes(said)) if n))
    if len(lengths) > 1:
        yield f"length is given twice: {lengths[0]} and {lengths[1]} minutes"
    elif lengths:
        values["minutes"] = str(lengths[0])
        if form and abs(form.minutes - lengths[0]) > _SLACK:
            yield f"{form.name}, which is {form.minutes} minutes, and {lengths[0]} minutes"
    if form:
        yield from _rooms(form, formats, values.get("track", ""))


def _rooms(form: Format, formats: Sequence[Format], track: str) -> Iterator[str]:
    where = {room.casefold() for room in form.rooms}
    known = {room.casefold() for other in formats for room in other.rooms}
    if where and track.casefold() in known - where:
        yield f"{form.name}, which is not held in {track}"


def _named(text: str, formats: Sequence[Format]) -> list[Format]:
    """The event's formats that a text names, whole words only; a longer name hides a shorter one in it."""
    plain = f" {' '.join(text.casefold().split())} "
    found: list[Format] = []
    names = [
        (name.casefold(), form) for form in formats for name in (form.name, *form.aliases) if name.strip()
    ]
    for name, form in sorted(names, key=lambda one: -len(one[0])):
        pattern = rf"(?<!\w){re.escape(name)}s?(?!\w)"
        if re.search(pattern, plain):
            plain = re.sub(pattern, " ", plain)
            if form not in found:
                found.append(form)
    return [form for form in formats if form in found]


def _word(text: str) -> str:
    """`Panel (60 min)` → `Panel`: a format that the event does not know, in the proposer's words."""
    return re.split(r"\s+[-–—(]|\(|\d", text, maxsplit=1)[0].strip(" *-–—:,/")


def _minutes(text: str, *, bare: bool = False) -> int | None:
    """The one length in a text; None for none or several. A bare number counts where lengths are asked for."""
    plain = text.casefold()
    found = {60 * float(h.replace(",", ".")) + int(m or 0) for h, m in _HOURS.findall(plain)}
    rest = _HOURS.sub(" ", plain)
    for one, other in _MINUTES.findall(rest):
        found |= {float(one), *([float(other)] if other else [])}
    if not found and bare and (number := re.fullmatch(r"\s*(\d{1,3})\s*", plain)):
        found = {float(number[1])}
    return int(found.pop()) if len(found) == 1 and found != {0.0} else None
