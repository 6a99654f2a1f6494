"""Notices as wikitext: the wiki's own templates, substituted, with the marks that make them once, signed.

The templates stand on the wiki, so that organisers can reword them there; Callboard sends escaped values. Nothing that a
task's author types can ping, categorise, transclude, break out of the notice or forge the mark.

Several notices to one person are one edit: each is a topic of its own, with its own heading, mark and signature, and the
summary names the key of each: `/* first heading */ [callboard:KEY] [callboard:KEY] scheduled, starts soon (why?)`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callboard.config import Event
from callboard.model import Notice
from callboard.model.notice import Point
from callboard.wikitext.escape import escape, plain_line

MOST_IN_SUMMARY = 120  # characters of the heading
LEAST_IN_SUMMARY = (
    30  # characters of the heading; a further key for which it would be shorter waits for the next edit
)
LONGEST_SUMMARY = 500  # characters; MediaWiki cuts what is longer, and no key must be cut
_HEADING = re.compile(r"\s*==\s*(?P<heading>[^\n]*?)\s*==[ \t]*(?:\n|$)")
_PARAMETER = re.compile(r"\{\{\{\s*(?P<name>\w+)\s*(?:\|[^{}]*)?\}\}\}")
_MARK = re.compile(r"<!-- callboard:(?P<key>[^\n<>]+?) -->")
_KEYS = re.compile(r"/\*.*?\*/(?P<keys>(?: \[callboard:[^\[\]\n]+\])+)")
_KEY = re.compile(r"\[callboard:([^\[\]\n]+)\]")


@dataclass(frozen=True, slots=True)
class Topic:
    """One notice as it stands on a talk page."""

    notice: Notice
    heading: str  # without "==", as plain text
    wikitext: str


@dataclass(frozen=True, slots=True)
class Message:
    """What one edit adds to a talk page, and how the edit is summed up."""

    topics: tuple[Topic, ...]
    summary: str

    @property
    def wikitext(self) -> str:
        """The topics, one after the other."""
        return "\n".join(topic.wikitext for topic in self.topics)


def template_title(event: Event, kind: str) -> str:
    """Where a kind's text stands on the wiki; translations stand on its subpages."""
    return f"{event.pages.templates}/notices/{kind}"


def mark(key: str) -> str:
    """The hidden comment that says which notice this is."""
    return f"<!-- callboard:{key} -->"


def marks(text: str) -> frozenset[str]:
    """The keys of the notices that stand in a text."""
    return frozenset(found["key"] for found in _MARK.finditer(text))


def keys_in(summary: str) -> tuple[str, ...]:
    """The keys in one of the bot's own edit summaries: those right behind the heading, in which a title may forge others."""
    found = _KEYS.match(summary)
    return tuple(_KEY.findall(found["keys"])) if found else ()


def topic(notice: Notice, event: Event, template: str, text: str, *, redirected_from: str = "") -> Topic:
    """The notice as a topic, given the title and the text of its template.

    It says where it was to stand, if that is a redirect to where it stands. Raises ValueError if the template begins with
    no heading, or if the key would not fit into an edit summary.
    """
    found = _HEADING.match(text)
    if not found:
        raise ValueError(f"{template} must begin with a line like == Heading ==")
    heading = plain_line(_PARAMETER.sub(lambda use: notice.values.get(use["name"], ""), found["heading"]))
    values = {name: escape(value) for name, value in notice.values.items()}
    if notice.points:
        values["points"] = "\n".join(map(_line, notice.points))
    arguments = "".join(f"|{name}={value}" for name, value in sorted(values.items()))
    moved = f" (This is here because [[:{redirected_from}]] leads here.)" if redirected_from else ""
    wikitext = f"{{{{subst:{template}{arguments}}}}}{moved} {mark(notice.key)} ~~~~\n"
    made = Topic(notice, heading, wikitext)
    if _room([made], event) < 0:
        raise ValueError(f"the notice's key has {len(notice.key)} characters: too long for an edit summary")
    return made


def _line(point: Point) -> str:
    """`* [[:Event/Schedule#Saturday|Event/Schedule]], line 12: …`; a title or heading that a link cannot hold is no link."""
    page = escape(point.page)
    if page and page == point.page:
        section = f"#{point.section}" if point.section and escape(point.section) == point.section else ""
        page = f"[[:{point.page}{section}|{point.page}]]"
    return f"* {f'{page}, ' if page else ''}{escape(point.text)}"


def messages(topics: Sequence[Topic], event: Event) -> tuple[Message, ...]:
    """The topics as the edits that hold them, in the order given: as many in each as the keys of fit into its summary."""
    edits: list[list[Topic]] = []
    for one in topics:
        if edits and _room([*edits[-1], one], event) >= min(LEAST_IN_SUMMARY, len(edits[-1][0].heading)):
            edits[-1].append(one)
        else:
            edits.append([one])
    return tuple(Message(tuple(edit), _summary(edit, event)) for edit in edits)


def _summary(topics: Sequence[Topic], event: Event) -> str:
    # A link to a user in the summary of an edit without bot flag would ping that user.
    heading = (
        topics[0].heading.replace("*/", "* /").replace("[[", "[ [").replace("[callboard:", "[callboard :")
    )
    return f"/* {heading[: min(_room(topics, event), MOST_IN_SUMMARY)]} */{_behind_heading(topics, event)}"


def _room(topics: Iterable[Topic], event: Event) -> int:
    """How many characters of a heading the summary has room for; negative if it has none for the keys."""
    return LONGEST_SUMMARY - len(_behind_heading(topics, event)) - len("/*  */")


def _behind_heading(topics: Iterable[Topic], event: Event) -> str:
    notices = [one.notice for one in topics]
    keys = "".join(f" [callboard:{notice.key}]" for notice in notices)
    kinds = ", ".join(dict.fromkeys(notice.kind.replace("_", " ") for notice in notices))
    why = f" ([[{event.pages.about}|why?]])" if event.pages.about else ""
    return f"{keys} {kinds}{why}"


def with_message(talk: str, added: Message) -> str:
    """The talk page with the message as its last topics."""
    before = f"{talk.rstrip()}\n\n" if talk.strip() else ""
    return before + added.wikitext
