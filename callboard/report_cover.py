"""Cover on the report page: what is missing, by time, the picture, and the hours of each person; nothing where the event states no needs."""

from collections.abc import Iterator

from callboard.cover import Cover, cover
from callboard.cover.heat_map import heat_map
from callboard.cover.listing import ahead, day_told, hours, hours_per_person, what
from callboard.cover.telling import length_told, unclear_told
from callboard.plan import Plan
from callboard.report_problems import TABLE
from callboard.wikitext.escape import escape, names_a_user

MOST_GAPS = 100  # listed, the soonest first
MOST_PEOPLE = 300


def cover_told(plan: Plan) -> Iterator[str]:
    """The section, of pages that were read whole."""
    event = plan.snapshot.event
    if not event.need:
        return
    if len(plan.signups) < len(event.pages.signups) or len(plan.schedules) < len(event.pages.schedule):
        yield "== Cover =="
        yield "Not worked out just now: a page is on hold, and everybody on it would seem to be missing."
        return
    known = cover(event, plan.schedules, plan.signups)
    yield from _gaps(plan, known)
    yield from heat_map(known, event)
    yield from _people(plan, known)


def _gaps(plan: Plan, known: Cover) -> Iterator[str]:
    event, found = plan.snapshot.event, ahead(known, plan.snapshot.now)
    yield f"== Cover (gaps: {len(found)}) =="
    if not found:
        yield "Everything that lies ahead is covered, as far as the event states what it needs."
    else:
        yield f"Times are in the event's zone ({event.zone.key}). To help, sign up in the list or in the schedule."
        yield f'{TABLE}\n! style="width:28%" | When !! What !! style="width:34%" | Who is there'
        for gap in found[:MOST_GAPS]:
            there = ", ".join(_person(plan, shift.person) for shift in gap.there) or "nobody"
            missing = f" ({gap.missing} more needed)" if gap.need.people > 1 else ""
            when = f"{day_told(gap.start, event)}, {hours(gap.start, gap.end, event)}"
            yield "|-"
            yield f"| {when} || {escape(what(gap.need))} || {there}{missing}"
        yield "|}"
        if len(found) > MOST_GAPS:
            yield f"{MOST_GAPS} of {len(found)} are listed."
    unclear = [
        f"{escape(role)}: {told}" for role in sorted(known.unclear) if (told := unclear_told(known, role))
    ]
    if unclear:
        yield f"{'; '.join(unclear)}."


def _people(plan: Plan, known: Cover) -> Iterator[str]:
    """Who has how many hours, the most first, so that nobody has them all."""
    ordered = hours_per_person(known)
    if not ordered:
        return
    yield '{| class="wikitable mw-collapsible mw-collapsed"'
    yield f"|+ Hours per person, overlaps counted once ({len(ordered)} {'person' if len(ordered) == 1 else 'people'})"
    yield "! Person !! Hours !! As"
    for person, length, roles in ordered[:MOST_PEOPLE]:
        yield "|-"
        yield f"| {_person(plan, person)} || {length_told(length)} || {escape(roles)}"
    yield "|}"
    if len(ordered) > MOST_PEOPLE:
        yield f"{MOST_PEOPLE} of {len(ordered)} are listed."


def _person(plan: Plan, name: str) -> str:
    """A link, where the wiki knows the account; what else stands in a mark stays words."""
    known = plan.snapshot.exists(name) and names_a_user(name)
    return f"[[User:{name}|{escape(name)}]]" if known else escape(name)
