"""A session of somebody who is linked on another wiki: the bot tells nobody there, and no namesake here in their place."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from callboard.checks import Seen, check
from callboard.checks.phrasing import listed, problem_at, sessions_of
from callboard.model import Problem, Severity
from callboard.wikitext.edits import Span
from callboard.wikitext.links import USER_NAMESPACES, canonical_name, link_at
from callboard.wikitext.masking import Kind, marks_within

_ADDRESS = re.compile(r"https?://[\w.-]+/wiki/(?P<space>[^\s:/\[\]|<>]+):(?P<name>[^\s\[\]|<>/?#]+)")


@check("owner-elsewhere")
def owner_elsewhere(seen: Seen) -> Iterator[Problem]:
    """`[[:de:User:Ada]]`, `[[m:User:Ada|Ada]]`, `[https://de.wikipedia.org/wiki/User:Ada Ada]`; not who is linked here as well."""
    for row in sessions_of(seen.schedules):
        schedule, session = row
        if session.start is not None and session.start <= seen.snapshot.now:
            continue
        here = {person.name for person in (*session.owners, *session.facilitators) if person.is_account}
        found = {name: span for span, name in _linked_elsewhere(schedule.text, session.span)}
        there = {name: span for name, span in found.items() if name not in here}
        if not there:
            continue
        message = (
            f"{listed([*there])}: linked on another wiki, where the bot tells nobody; tell them of this session by hand,"
            f" or link their account here: {listed([f'[[User:{name}]]' for name in there])}"
        )
        yield problem_at(
            row, "owner-elsewhere", Severity.NOTE, message, span=min(there.values()), also=sorted(there)
        )


def _linked_elsewhere(text: str, within: Span) -> Iterator[tuple[Span, str]]:
    """Each link to a user page of another wiki, or to one by its address, with the user's name."""
    hidden = []
    for mark in marks_within(text, within):
        if mark.kind in {Kind.COMMENT, Kind.OPAQUE}:
            hidden.append(mark.span)
        elif mark.kind is Kind.LINK and (name := _name_in(link_at(text, mark.span).target)):
            yield mark.span, name
    for found in _ADDRESS.finditer(text, within.start, within.end):
        span, space = Span(*found.span()), unquote(found["space"]).replace("_", " ")
        if space.casefold() in USER_NAMESPACES and not any(span in one for one in hidden):
            yield span, canonical_name(found["name"])


def _name_in(target: str) -> str:
    """`:w:de:Benutzerin:Ada` names Ada; `User:Ada` is a page here."""
    *prefixes, space, name = ["", "", *(part.strip() for part in target.lstrip(" :").split(":"))]
    if not any(prefixes) or " ".join(space.replace("_", " ").split()).casefold() not in USER_NAMESPACES:
        return ""
    name = canonical_name(name.partition("#")[0])
    return "" if "/" in name else name
