"""The only reader: one look at the wiki, the board, the ledger and the clock becomes a Snapshot.

An idle look costs one wiki request (revision ids of the event's pages, the bot's own latest edits) and one Conduit request.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from callboard.board_writes import Desk
from callboard.carried_out import carried_out, remember_carried_out, transaction_in
from callboard.clock import Clock
from callboard.config import Event
from callboard.errors import BoardAway, WikiAway, WikiRefused
from callboard.ledger import Ledger, Sent
from callboard.look_text import from_json, gone_in, sights_in
from callboard.model import Account, LastLook, PageText, Proposal, Schedule, SignUps
from callboard.notices.message import template_title
from callboard.opting_out import opted_out
from callboard.outbox_history import said_on_outbox
from callboard.page_history import page_authors
from callboard.ports import Reading, Wiki
from callboard.proposals.hours import with_hours
from callboard.read.schedule import read_schedule
from callboard.read.signups import bare_names, read_signups
from callboard.report_frame import records_in
from callboard.report_lists import not_posted
from callboard.report_problems import since_in
from callboard.snapshot import Snapshot
from callboard.taken_back import cells_in, rules_named, traces
from callboard.talk_deleted import note_deleted
from callboard.told_on_wiki import note_told

# A notice belongs to its event; nobody posts one longer before it than this.
CONTRIBUTIONS_BACK = timedelta(days=400)


# A save that did not land within this time after its claim does not land any more.
CLAIM_OPEN = timedelta(hours=1)


class BoardReader(Protocol):
    """The board as the core needs it. Raises BoardAway and BoardRefused."""

    def proposals(self) -> Mapping[str, Proposal]:
        """Every proposal, keyed by task; an idle look costs one Conduit request."""
        ...

    def remembered(self) -> Mapping[str, Proposal] | None:
        """The proposals as last read, without a request; None if the board was never read."""
        ...

    def recheck(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        """The given tasks and their acknowledgements as they are this moment; two requests whatever their number."""
        ...

    def histories(self, tasks: Iterable[str]) -> Mapping[str, Proposal]:
        """The given tasks with all that was ever written on them, as they are this moment; hidden ones are left out."""
        ...

    def desk(self) -> Desk:
        """Writes on tasks of the board, one edit at a time, and on no others."""
        ...


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the state comes from."""

    event: Event
    wiki: Wiki
    board: BoardReader | None
    ledger: Ledger
    clock: Clock


def gather(sources: Sources) -> Snapshot:
    """The whole state of the event now. Raises WikiAway and WikiRefused; a board that is away is noted, not raised."""
    event, ledger = sources.event, sources.ledger
    reading = _look(sources)
    pages = _whole(reading.pages, ledger.pages(reading.pages))
    ledger.remember_pages(
        {t: p for t, p in pages.items() if reading.pages[t].text is not None or p.revid is None}
    )
    now = (reading.now + sources.clock.shift).replace(microsecond=0)
    proposals, note = _board(sources)
    proposals = None if proposals is None else with_hours(proposals, event)
    last = _last_look(sources, pages)
    said = said_on_outbox(sources.wiki, ledger, event, pages, reading.now)
    notices, on_tasks = ledger.notices(event.slug), ledger.on_tasks(event.slug)
    snapshot = Snapshot(
        event=event,
        now=now,
        pages=pages,
        proposals=proposals,
        board_note=note,
        sent=frozenset(one.key for one in notices if one.settled(now))
        | {one.key for one in on_tasks if one.settled(now)},
        refused={one.key: one.why for one in on_tasks if one.state == "held"},
        sessions_before=_sessions_before(sources, last),
        written_before=(edits := ledger.edits()),
        tidied_before=cells_in(edits),
        carried_out=carried_out(ledger, event),
        authors=page_authors(sources.wiki, ledger, event, pages),
        last=last,
        sent_at=sent_at(notices, sources.clock.shift),
        held=frozenset(one.key for one in notices if not_posted(one)),
        outbox=said.words,
        outbox_notes=said.notes,
        shift=sources.clock.shift,
        bot=sources.wiki.bot,
    )
    names = frozenset(name for reading in readings(snapshot) for name in names_on(reading))
    names |= opted_out(pages.get(event.pages.opt_out), ()).names
    known = _accounts(sources, names, reading.now)
    new_names = {one.renamed_to for one in known.values() if one.renamed_to} - known.keys()
    if new_names:
        known |= _accounts(sources, new_names, reading.now)
    return replace(snapshot, accounts=known)


def sent_at(notices: Iterable[Sent], shift: timedelta) -> dict[str, datetime]:
    """When each notice was posted, by its key, as `now` counts."""
    return {one.key: one.at + shift for one in notices if one.state == "sent"}


def _accounts(sources: Sources, names: AbstractSet[str], now: datetime) -> dict[str, Account]:
    """What the wiki says of the names, as remembered or asked in one batched question.

    Old answers are asked for again by as many as fit into one request: who is told something is looked at anew anyway.
    """
    known = sources.ledger.accounts(names, now)
    if missing := names - known.keys():
        outdated = sources.ledger.outdated_accounts(missing, now)
        new = missing - outdated.keys()
        again = list(outdated)[: max(0, sources.wiki.most_titles - len(new))]
        asked = sources.wiki.accounts([*sorted(new), *again]) if new or again else {}
        sources.ledger.remember_accounts(asked, now)
        known |= {**outdated, **asked}
    return known


def event_titles(event: Event) -> tuple[str, ...]:
    """Every page that a tick looks at, each once."""
    pages = event.pages
    own = (pages.report, pages.proposals, pages.projects, pages.outbox, pages.opt_out)
    # The outbox shows under which heading each notice will be posted.
    told = (template_title(event, rule.kind) for rule in event.notice if rule.enabled and pages.outbox)
    named = (*pages.schedule, *pages.signups, *own, pages.off_switch, *told)
    return tuple(dict.fromkeys(title for title in named if title))


def contributions_since(event: Event, now: datetime) -> datetime:
    """From when on the bot's own edits can hold notices of the event; `now` is the wiki's time, no rehearsal's."""
    return min(event.first, now) - CONTRIBUTIONS_BACK


def readings(snapshot: Snapshot) -> Iterator[Schedule | SignUps]:
    """The event's pages as read, before any rule; as if every bare name were an account, so that all of them are asked."""
    for title, page in snapshot.pages.items():
        if title in snapshot.event.pages.schedule:
            yield read_schedule(page.text or "", snapshot.event, title)
        if title in snapshot.event.pages.signups:
            yield read_signups(page.text or "", snapshot.event, title, exists=lambda _: True)


def names_on(reading: Schedule | SignUps) -> Iterator[str]:
    """Every name on a page that could be an account's."""
    if isinstance(reading, Schedule):
        for session in reading.sessions:
            yield from (person.name for person in (*session.owners, *session.facilitators))
    else:
        yield from (person.name for person in bare_names(reading.text))
        for entry in reading.entries:
            yield from (person.name for person in (*entry.people, *((entry.person,) if entry.person else ())))
            if entry.user and entry.person is None:  # named by a signature's talk link only
                yield entry.user


def _look(sources: Sources) -> Reading:
    """One request when nothing changed; the bot's own edits since the look before come with it.

    A second copy of the bot, with a ledger of its own, may have made some: what people were told is what the wiki shows.
    """
    event, ledger = sources.event, sources.ledger
    titles = event_titles(event)
    known = {title: page.revid or 0 for title, page in ledger.pages(titles).items()}
    read_before = ledger.fact(own_edits_known(event))
    since = (
        datetime.fromisoformat(read_before) - CLAIM_OPEN
        if read_before
        else contributions_since(event, sources.clock.now() - sources.clock.shift)
    )
    reading = sources.wiki.read(titles, known=known, contributions_since=since)
    note_told(reading.contributions, event, ledger, sources.wiki, reading.now)
    note_deleted(reading.deleted, event, ledger, reading.now)
    if not read_before:
        _remember_tidied(sources, reading)
    ledger.remember_fact(own_edits_known(event), reading.now.isoformat())
    return reading


def own_edits_known(event: Event) -> str:
    """The name of the fact that the ledger knows all of the bot's own edits: gone with the ledger, and during a save."""
    return f"contributions read:{event.slug}"


def _remember_tidied(sources: Sources, reading: Reading) -> None:
    """Find out from the bot's own contributions which lines it changed."""
    event, ledger = sources.event, sources.ledger
    titles = {page.title: asked for asked, page in reading.pages.items()}
    event_pages = {*event.pages.schedule, *event.pages.signups}
    tidied: dict[int, tuple[str, tuple[str, ...]]] = {}
    for contribution in reading.contributions:
        if titles.get(contribution.title) in event_pages:
            tidied[contribution.revid] = titles[contribution.title], rules_named(contribution.comment)
            remember_carried_out(ledger, event, filter(None, [transaction_in(contribution.comment)]))
    changes = sources.wiki.changes(tidied) if tidied else {}
    for revid, (before, after) in sorted(changes.items()):
        title, rules = tidied[revid]
        ledger.remember_edits(title, traces(title, before, after, event, rules))


def _whole(fresh: Mapping[str, PageText], known: Mapping[str, PageText]) -> dict[str, PageText]:
    """The pages with their texts: those that did not change have them in the ledger."""
    return {
        title: replace(page, text=known[title].text) if page.text is None and page.revid is not None else page
        for title, page in fresh.items()
    }


def _board(sources: Sources) -> tuple[Mapping[str, Proposal] | None, str]:
    if sources.board is None:
        return None, ""
    try:
        return sources.board.proposals(), ""
    except BoardAway as error:
        return (
            sources.board.remembered(),
            f"the board was not read, so nothing that rests on it was done: {error}",
        )


def look_known(event: Event) -> str:
    """The name of the fact that holds what the last look left."""
    return f"look:{event.slug}"


def _last_look(sources: Sources, pages: Mapping[str, PageText]) -> LastLook:
    """From the ledger; with a new one, what the bot wrote on the report page: since when, what is accepted, who is missed."""
    event, kept = sources.event, sources.ledger.fact(look_known(sources.event))
    if kept:
        with suppress(ValueError, KeyError, TypeError):  # another version of Callboard may have kept it
            return from_json(kept)
    told = _own_report(sources, pages.get(event.pages.report))
    sights = sights_in(told)
    return LastLook(
        sessions=tuple(dict.fromkeys(one.session for one in sights)),  # so that they can be missed
        gone=gone_in(told),
        since=since_in(told),
        marks=records_in(told),
        sights=sights,
    )


def _own_report(sources: Sources, report: PageText | None) -> str:
    """The report page as the bot itself saved it last: what others wrote into its part since then tells nothing."""
    if report is None or report.revid is None:
        return ""
    if report.user == sources.wiki.bot:
        return report.text or ""
    with suppress(WikiAway, WikiRefused):
        made = sources.wiki.revisions(sources.event.pages.report).revisions
        return next((one.text for one in made if one.user == sources.wiki.bot and one.text), "")
    return ""


def _sessions_before(sources: Sources, last: LastLook) -> dict[str, int]:
    """How many sessions each page had; with a new ledger at least as many as the report page tells of."""
    told = Counter(session.page for session in last.sessions)
    counts = {
        t: sources.ledger.fact(f"sessions:{sources.event.slug}:{t}") or told[t]
        for t in sources.event.pages.schedule
    }
    return {title: int(count) for title, count in counts.items() if count}
