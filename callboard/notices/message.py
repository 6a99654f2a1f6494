"""A notice as wikitext: the wiki's own template, substituted, with the mark that makes it once, signed.

The template stands on the wiki, so that organisers can reword it there; Callboard sends escaped values. Nothing that a
task's author types can ping, categorise, transclude, break out of the notice or forge the mark.
"""

import re
from dataclasses import dataclass

from callboard.config import Event
from callboard.model import Notice
from callboard.wikitext.escape import escape, plain_line

MOST_IN_SUMMARY = 120  # characters of the heading
LONGEST_SUMMARY = 500  # characters; MediaWiki cuts what is longer, and the key must not be cut
_HEADING = re.compile(r"\s*==\s*(?P<heading>[^\n]*?)\s*==[ \t]*(?:\n|$)")
_PARAMETER = re.compile(r"\{\{\{\s*(?P<name>\w+)\s*(?:\|[^{}]*)?\}\}\}")
_MARK = re.compile(r"<!-- callboard:(?P<key>[^\n<>]+?) -->")
_KEY_IN_SUMMARY = re.compile(r"\[callboard:(?P<key>[^\]\n]+)\]")


@dataclass(frozen=True, slots=True)
class Message:
    """What is added to a talk page, and how the edit is summed up."""

    heading: str  # without "==", as plain text
    wikitext: str
    summary: str


def template_title(event: Event, kind: str) -> str:
    """Where a kind's text stands on the wiki."""
    return f"{event.pages.templates}/notices/{kind}"


def mark(key: str) -> str:
    """The hidden comment that says which notice this is."""
    return f"<!-- callboard:{key} -->"


def marks(text: str) -> frozenset[str]:
    """The keys of the notices that stand in a text."""
    return frozenset(found["key"] for found in _MARK.finditer(text))


def key_in(summary: str) -> str | None:
    """The key in one of the bot's own edit summaries."""
    found = [match["key"] for match in _KEY_IN_SUMMARY.finditer(summary)]
    return found[-1] if found else None  # what a title can forge stands before it


def message(notice: Notice, event: Event, template: str) -> Message:
    """The notice as it is posted, given the text of its template.

    Raises ValueError if that begins with no heading, or if the key would not fit into an edit summary.
    """
    found = _HEADING.match(template)
    if not found:
        raise ValueError(f"{template_title(event, notice.kind)} must begin with a line like == Heading ==")
    heading = plain_line(_PARAMETER.sub(lambda use: notice.values.get(use["name"], ""), found["heading"]))
    arguments = "".join(f"|{name}={escape(value)}" for name, value in sorted(notice.values.items()))
    wikitext = f"{{{{subst:{template_title(event, notice.kind)}{arguments}}}}} {mark(notice.key)} ~~~~\n"
    summary = _summary(notice, event, heading)
    if len(summary) > LONGEST_SUMMARY:
        raise ValueError(f"the notice's key has {len(notice.key)} characters: too long for an edit summary")
    return Message(heading, wikitext, summary)


def _summary(notice: Notice, event: Event, heading: str) -> str:
    why = f" ([[{event.pages.about}|why?]])" if event.pages.about else ""
    rest = f" [callboard:{notice.key}] {notice.kind.replace('_', ' ')}{why}"
    room = max(0, min(MOST_IN_SUMMARY, LONGEST_SUMMARY - len(rest) - len("/*  */")))
    # A link to a user in the summary of an edit without bot flag would ping that user.
    shown = heading.replace("*/", "* /").replace("[[", "[ [").replace("[callboard:", "[callboard :")[:room]
    return f"/* {shown} */{rest}"


def with_message(talk: str, added: Message) -> str:
    """The talk page with the message as its last topic."""
    before = f"{talk.rstrip()}\n\n" if talk.strip() else ""
    return before + added.wikitext
