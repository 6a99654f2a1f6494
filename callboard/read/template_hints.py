"""What to write into the event file so that a template is read, guessed from the names of its parameters."""

import json
import re

from callboard.wikitext.arguments import Call, call_at
from callboard.wikitext.edits import Span

_WORDS = {
    "title": r"(?:session|talk|display|event|program)?[ _-]?(?:title|name|titel|titre|título)|session|topic|talk|subject|activity|what|thema",
    "day": r"(?:session[ _-]?)?(?:day|date|datum|tag|jour|fecha)",
    "time": r"(?:session[ _-]?)?(?:times?|slot|hours?|when|zeit|uhrzeit|heure|hora)",
    "start": r"(?:session[ _-]?)?(?:start|begin|from)(?:s|ing|ning)?(?:[ _-]?(?:time|date|date[ _-]?time))?|beginn|début|inicio",
    "end": r"(?:session[ _-]?)?(?:end|until|to|till|finish)s?(?:[ _-]?(?:time|date|date[ _-]?time))?|ende|fin",
    "minutes": r"minutes|duration|length|dauer|durée|mins?",
    "zone": r"(?:time[ _-]?)?zone|tz",
    "room": r"rooms?|locations?|venue|place|where|track|stage|space|raum|ort|salle|lieu|sala",
    "format": r"(?:session[ _-]?)?(?:format|type|kind)",
    "owners": r"(?:speaker|presenter|host|owner|lead|leader|instructor|trainer|referent)(?:s|\(s\))?(?:[ _-]?names?)?|presented[ _-]?by|who",
    "facilitator": r"facilitat\w*|(?:session[ _-]?)?co-?ordinators?",
    "task": r"tasks?|phab\w*|tickets?",
    "recording": r"recording|video|replay",
}  # the words at the heads of columns are longer; parameters are one word or two
_ROLES = {role: re.compile(words, re.IGNORECASE) for role, words in _WORDS.items()}
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:\s*[-–—]\s*(?:[01]?\d|2[0-4])[:.][0-5]\d)?")
_WHEN_OR_WHO = frozenset({"time", "start", "owners", "facilitator"})
_MOST = 12  # parameters that are listed


def roles(call: Call) -> dict[str, list[str]]:
    """What the parameters seem to hold, by their names; of several titles the one that is shown comes first."""
    found: dict[str, list[str]] = {}
    for name in call.arguments:
        for role, words in _ROLES.items():
            if words.fullmatch(name):
                found.setdefault(role, []).append(name)
                break
    found.get("title", []).sort(key=lambda name: not name.startswith("display"))
    if "start" in found:
        found.pop("time", None)
    return found


def holds_session(text: str, call: Call) -> bool:
    """Whether it has a clock time, or a title and beside it a time or people."""
    if any(_CLOCK.fullmatch(argument.value.of(text)) for argument in call.arguments.values()):
        return True
    found = roles(call)
    return "title" in found and not _WHEN_OR_WHO.isdisjoint(found)


def lines_to_add(text: str, call: Call) -> str:
    """The lines for the event file: `[[template]]`, `name = "Session row"`, `title = "title"`, separated by semicolons."""
    found = roles(call)
    for number, (name, argument) in enumerate(call.arguments.items()):
        if number < _MOST and name.isdigit() and _CLOCK.fullmatch(argument.value.of(text)):
            found.setdefault("time", []).append(name)
    found.setdefault("title", ["…"])
    order = ("title", *(role for role in _ROLES if role != "title" and role in found))
    keys = [f"{role} = {_written(found[role] if role == 'title' else found[role][:1])}" for role in order]
    return "; ".join(["[[template]]", f"name = {_written([call.name])}", *keys])


def _written(names: list[str]) -> str:
    quoted = [json.dumps(name, ensure_ascii=False) for name in names]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def hint(text: str, span: Span) -> str:
    """What to do about the first template in the span; empty if its name is not written there."""
    start = text.find("{{", span.start, span.end)
    call = call_at(text, Span(start, span.end)) if start >= 0 else None
    if call is None or not call.name or call.name.startswith("#"):
        return ""
    named = ", ".join(list(call.arguments)[:_MOST])
    given = f" (its parameters: {named})" if named else ""
    return f"to have it read, add to the event file, each on a line: {lines_to_add(text, call)}{given}"
