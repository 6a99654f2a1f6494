"""Values in the arguments of templates, which may make links of them by themselves. No rule of its own."""

import re

from callboard.model import FreeSlot, Person, Schedule, Session, TaskRef
from callboard.wikitext.arguments import name_at
from callboard.wikitext.edits import Span, TextEdit
from callboard.wikitext.masking import Kind, marks_within

Parameter = tuple[str, str]  # a template's name, and what the parameter holds
_FOLLOWED = re.compile(r"[|}]")


def template_around(text: str, held: Session | FreeSlot, place: Span) -> Span | None:
    """The outermost template of a session in which a place lies; None if it lies in none."""
    if held.layout != "templates":
        return None
    whole = held.span if isinstance(held, Session) else held.row
    if whole is None:
        return None
    found = (mark.span for mark in marks_within(text, whole) if mark.kind is Kind.TEMPLATE)
    return next((span for span in found if span.start < place.start and place.end < span.end), None)


def put_in_argument(text: str, place: Span, words: str) -> TextEdit | None:
    """The words as an empty argument's value, with a blank behind them if there is one behind the `=`; else None."""
    if place.start < place.end:
        return None
    inline = text[place.start - 1] == " " and _FOLLOWED.match(text, place.end)
    return TextEdit(place.start, place.end, f"{words} " if inline else words)


def plain_tasks(page: Schedule) -> list[TaskRef]:
    """The tasks that are the value of a template's parameter for them: `task=T900061`, of which it makes a link itself."""
    return [
        ref
        for session in page.sessions
        if session.task_cell and template_around(page.text, session, session.task_cell)
        for ref in session.tasks
        if ref.span in session.task_cell
    ]


def parameter(text: str, session: Session, person: Person) -> Parameter | None:
    """The template in which somebody is named, and as what; None outside templates."""
    around = template_around(text, session, person.span)
    if around is None:
        return None
    if session.owner_cell and person.span in session.owner_cell:
        return name_at(text, around), "owner"
    title = session.title_cell and person.span in session.title_cell
    return name_at(text, around), "title" if title else "facilitator"
