"""Rows of which only a task is left once what is struck out is left aside: the session is called off."""

from callboard.model import Schedule, Session
from callboard.read.plain import without_struck


def is_struck(page: Schedule, session: Session) -> bool:
    """`<s>Maps ({{phab|T900001}})</s> [[User:Ada]]`: the task's link is found, though its title and itself are struck out."""
    if session.title or not session.tasks:
        return False
    left = without_struck(session.span.of(page.text))
    return not any(ref.task in left for ref in session.tasks)
