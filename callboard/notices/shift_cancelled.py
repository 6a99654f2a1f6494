"""`shift_cancelled`: the session that you facilitate is not in the schedule any more, or is marked as cancelled there.

Only when it is missed everywhere, and for the grace time: a row that is carried to another place in two edits cancels nothing, and
neither does a page on hold. If it stands there again later, `shift_changed` says so. Who owns the session as well is left to
`cancelled`, where the event sends that.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.facts import place_told
from callboard.notices.gone import gone
from callboard.notices.telling import COMMON, common, has_kind, unix
from callboard.notices.told import FACILITATOR, OWNER, occasion


@notice_kind(
    FACILITATOR.gone, rests_on_board=False, cancels=True, parameters=(*COMMON, "before", "start", "page")
)
def shift_cancelled(look: Occasions) -> Iterator[Notice]:
    """A notice for each facilitator of a session that is gone; of use until it would have started."""
    event = look.snapshot.event
    to_owners = has_kind(event, OWNER.gone)
    for one in gone(look, FACILITATOR):
        sight, facts = one.sight, one.told.facts
        if to_owners and sight.person in sight.session.owners:
            continue
        yield Notice(
            event=event.slug,
            kind=FACILITATOR.gone,
            subject=sight.name,
            occasion=occasion(FACILITATOR, one.told.number + 1, facts),
            recipient=sight.person,
            due=one.due,
            until=facts.start,
            values={
                **common(event, sight.session.title or sight.name),
                "before": place_told(event, facts),
                "start": unix(facts.start),
                "page": sight.session.page,
            },
        )
