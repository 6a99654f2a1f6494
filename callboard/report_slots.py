"""Free slots and wished-for placements on the report page.

The list of free slots stands in `<onlyinclude>`, so that it alone appears where another page transcludes the report page,
`{{:Event/Callboard}}`; every wiki can do that, without an extension.
"""

from collections.abc import Iterator

from callboard.placing.listing import as_wikitext
from callboard.placing.wishes import Wished
from callboard.plan import Plan
from callboard.slots.gaps import gaps
from callboard.wikitext.escape import escape

MOST_WISHES = 50  # listed; what is beyond waits in the plan
_LONGEST = 1500  # characters of the text that a wish would write


def free_slots(plan: Plan) -> Iterator[str]:
    """The section of free slots that lie ahead, by day and room; neighbouring slots of a room are one."""
    event = plan.snapshot.event
    found = gaps(plan.schedules, event, after=plan.snapshot.now)
    yield f"== Free slots ({len(found)}) =="
    yield "<onlyinclude>"
    yield from as_wikitext(found, event)
    yield "</onlyinclude>"
    if found and event.pages.report:
        yield f"To show this list on another page, write <code><nowiki>{{{{:{event.pages.report}}}}}</nowiki></code> there."


def wished(plan: Plan) -> Iterator[str]:
    """The sessions that coordinators want placed and that wait for a person, or for the next tick; nothing if there are none."""
    waiting = [one for one in plan.wishes.open if one.ready]
    if not waiting:
        return
    event = plan.snapshot.event
    by_itself = all(event.placing(one.proposal.board) == "apply" for one in waiting)
    yield f"== Sessions to be placed ({len(waiting)}) =="
    yield (
        "Coordinators asked for these slots on the tasks. "
        + (
            "The bot places them by itself."
            if by_itself
            else "The bot does not place them by itself: use place_session, or do it by hand."
        )
    )
    for one in waiting[:MOST_WISHES]:
        yield from _shown(one)


def _shown(one: Wished) -> Iterator[str]:
    assert one.change  # noqa: S101 -- only wishes that can be carried out are shown
    yield f"; [[phab:{one.proposal.task}|{one.proposal.task}]]: {escape(one.change.did)}, as {escape(one.wish.by)} asked"
    lines = _new_lines(one.change.before.text, one.change.after.text)
    yield f": [[{one.change.page}]] would say: <code>{escape(lines[:_LONGEST])}</code>"


def _new_lines(before: str, after: str) -> str:
    known = set(before.splitlines())
    return " ⏎ ".join(line for line in after.splitlines() if line not in known)
