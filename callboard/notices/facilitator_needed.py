"""`facilitator_needed`: a session that starts soon has no facilitator; can you take it?

Asked are helpers who signed up for one of the roles that the event file names and whose hours leave them free for all of the
session: the best suggested first, no more than the rule says for one session and for one person. The helpers' talk page
is told once a day, if the event file names it, with all sessions of that day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from callboard.config import Event
from callboard.cover import cover
from callboard.cover.suggesting import Suggestion, shared_out
from callboard.model import Coming, Notice
from callboard.model.cover import Stretch
from callboard.notices import Occasions, notice_kind
from callboard.notices.helping import entries, limited, of_roles, role_told
from callboard.notices.telling import COMMON, common, occasion_of, subject, unix, when

DEFAULT_LEAD = timedelta(days=1)
MOST_NAMED = 10  # sessions in one notice; the schedule has the rest
KIND = "facilitator_needed"


@notice_kind(
    KIND,
    rests_on_board=False,
    rests_on_signups=True,
    parameters=(*COMMON, "sessions", "start", "page", "why"),
    same_by_time=True,
)
def facilitator_needed(look: Occasions) -> Iterator[Notice]:
    """A notice for each helper who is asked, and for the helpers' talk page."""
    if not look.lists_read:
        return
    known = cover(look.snapshot.event, look.schedules, look.signups)
    gaps = [gap for gap in known.gaps if gap.need.session]
    now, lead = look.snapshot.now, max(look.rule.lead, default=DEFAULT_LEAD)
    soon = [gap for gap in gaps if gap.start - lead <= now < gap.start]
    roles = _willing(look)
    asked = [
        notice
        for gap, found in shared_out(known, soon, look.snapshot.accounts)
        for notice in _to_people(look, gap, found, lead, roles)
    ]
    # Within the limit of a person those go first that were sent, then those that are soonest.
    yield from _few_a_session(look, list(limited(look.snapshot, asked, look.rule.most_per_person)))
    if look.rule.talk_page:
        yield from _to_page(look, gaps, lead)


def _willing(look: Occasions) -> dict[str, str]:
    """Who signed up for one of the rule's roles, and for which."""
    return {
        account: role_told(entry)
        for _, entry, account in entries(look)
        if entry.coming is Coming.YES and of_roles(entry, look.rule.roles, look.snapshot.event)
    }


def _to_people(
    look: Occasions, gap: Stretch, found: Sequence[Suggestion], lead: timedelta, roles: Mapping[str, str]
) -> Iterator[Notice]:
    session, event = gap.need.session, look.snapshot.event
    for one in found:
        account = look.snapshot.account(one.person)
        if session is None or account is None or account.name not in roles or not one.sure:
            continue
        why = f"you signed up for {roles[account.name]}, and by the hours that you gave you are free at that time"
        yield Notice(
            event=event.slug,
            kind=KIND,
            subject=subject(session),
            occasion=occasion_of(gap.start),
            recipient=account.name,
            due=gap.start - lead,
            until=gap.start,
            values=_values(event, session.title or "a session", [gap], why),
        )


def _few_a_session(look: Occasions, notices: Sequence[Notice]) -> Iterator[Notice]:
    """No more people for one session than the rule says, those who were asked before included."""
    asked = Counter(_of_session(key) for key in look.snapshot.sent_at if f"/{KIND}/" in key)
    for notice in notices:
        session = _of_session(notice.key)
        if notice.key not in look.snapshot.sent:
            if asked[session] >= look.rule.most_per_session:
                continue
            asked[session] += 1
        yield notice


def _of_session(key: str) -> tuple[str, str]:
    """What the keys of all who are asked for one session have in common."""
    return key.partition("@")[0], key.rpartition("/")[2]


def _to_page(look: Occasions, gaps: Sequence[Stretch], lead: timedelta) -> Iterator[Notice]:
    event, now = look.snapshot.event, look.snapshot.now
    by_day: defaultdict[date, list[Stretch]] = defaultdict(list)
    for gap in gaps:
        by_day[event.day_of(gap.start)].append(gap)
    for day, of_day in by_day.items():
        ahead = [gap for gap in of_day if gap.start > now]
        if not ahead:
            continue
        title = f"{day:%A}, {len(ahead)} session{'s' if len(ahead) > 1 else ''}"
        yield Notice(
            event=event.slug,
            kind=KIND,
            subject="facilitators",
            occasion=f"{day}",
            recipient=look.rule.talk_page,
            due=of_day[0].start - lead,
            until=ahead[-1].start,
            values=_values(event, title, ahead, "this is the talk page of the helpers"),
            to_page=True,
        )


def _values(event: Event, title: str, gaps: Sequence[Stretch], why: str) -> dict[str, str]:
    named = [_told(event, gap) for gap in gaps[:MOST_NAMED]]
    more = f"; and {len(gaps) - MOST_NAMED} more" if len(gaps) > MOST_NAMED else ""
    return {
        **common(event, title),
        "sessions": "; ".join(named) + more,
        "start": unix(gaps[0].start),
        "page": event.pages.signups[0],
        "why": why,
    }


def _told(event: Event, gap: Stretch) -> str:
    session = gap.need.session
    title = common(event, session.title)["title"] if session and session.title else "a session"
    return f"{title} ({when(event, gap.start, gap.end)}{f', {gap.need.room}' if gap.need.room else ''})"
