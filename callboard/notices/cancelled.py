"""`cancelled`: your session is not in the schedule any more, or is marked as cancelled there.

Told to those who owned it when it stood there last, whoever took it out but they themselves, after the grace time; of many at
once nobody is told until a person confirms (`limits.cancelled`). The occasion has the number of the thing told, and the facts that the
owner knows. Of use until the start that they know. If it stands there again, `moved` says so. Who is no owner of
the row any more, and whom nobody took out with it, is told nothing.
"""

from collections.abc import Iterator

from callboard.model import Notice
from callboard.notices import Occasions, notice_kind
from callboard.notices.facts import place_told
from callboard.notices.gone import gone
from callboard.notices.owners import by_whom, where_seen
from callboard.notices.telling import COMMON, common, unix
from callboard.notices.told import OWNER, occasion


@notice_kind(
    OWNER.gone,
    rests_on_board=False,
    cancels=True,
    parameters=(*COMMON, "before", "start", "by", "diff", "page"),
)
def cancelled(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner of a session that is gone; of use until it would have started."""
    event = look.snapshot.event
    for one in gone(look, OWNER):
        facts, page = one.told.facts, one.sight.session.page
        yield Notice(
            event=event.slug,
            kind=OWNER.gone,
            subject=one.sight.name,
            occasion=occasion(OWNER, one.told.number + 1, facts),
            recipient=one.sight.person,
            due=one.due,
            until=facts.start,
            values={
                **common(event, one.sight.session.title or facts.title or one.sight.name),
                "before": place_told(event, facts),
                "start": unix(facts.start),
                "by": by_whom(look, one.maker),
                "diff": where_seen(one.maker, page),
                "page": page,
            },
        )
