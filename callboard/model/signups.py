"""A sign-up page as read. Instants are UTC."""

from datetime import datetime
from enum import StrEnum

from callboard.model.marks import Person
from callboard.model.schedule import Problem
from callboard.values import value
from callboard.wikitext.edits import Span


class Coming(StrEnum):
    """What an entry says of itself where a page has lists for those who come, may come and do not."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@value()
class PossibleHours:
    """One way in which unclear hours can be understood; `words` name it for people, `intervals` are in UTC."""

    words: str
    intervals: tuple[tuple[datetime, datetime], ...]


@value()
class SignUp:
    """One entry of a sign-up list: a line and the replies attached to it.

    `availability` holds intervals in UTC; None means that the entry says nothing of hours or that they are ambiguous.
    """

    user: str | None
    role: str | None
    line: int
    span: Span  # the entry's own line, bullet included, line end not
    person: Person | None = None
    availability: tuple[tuple[datetime, datetime], ...] | None = None
    ambiguous: bool = False
    question: str = ""  # why the hours are ambiguous and how they could be read
    hours: Span | None = None  # the text that speaks of hours
    comment: str = ""  # what remains besides the person and the signature, as written
    bullet: Span | None = None  # "*", ":*", "#" with the blanks after it
    signature: Span | None = None  # talk link and time stamp that a signature adds
    replies: tuple[Span, ...] = ()  # whole lines
    placeholder: bool = False  # "(your username)"
    people: tuple[Person, ...] = ()  # everybody named in the entry, the person first
    possible: tuple[
        PossibleHours, ...
    ] = ()  # how ambiguous hours could be understood, where that can be listed
    coming: Coming = Coming.YES
    room: str | None = None  # of an entry in a table of rooms and hours
    cell: Span | None = None  # the content of the cell in which it stands
    helps: bool = True  # else the list is of those who come or follow something
    firm: bool = False  # the hours are a shift in a table; else they are what somebody offers


@value()
class SignUps:
    """A sign-up page as read."""

    page: str
    text: str
    layout: str  # "roles", "table", "both", "none"
    entries: tuple[SignUp, ...] = ()
    problems: tuple[Problem, ...] = ()
