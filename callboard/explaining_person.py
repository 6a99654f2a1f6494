"""All that is known of one person: the account, their sessions and shifts, what they were told, what they were not, what comes next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from callboard.addresses import Addresses
from callboard.board_facts import slot_of
from callboard.counted import counted
from callboard.explaining_writes import Part
from callboard.ledger import Sent
from callboard.model import Account, Notice, OutboxWord, PageText, PersonForm
from callboard.model.notice import key_for, recipient_in, subject_in
from callboard.notices import kinds
from callboard.notices.delivery import Planned, word_on
from callboard.notices.persons_day import PersonsDay, day_of
from callboard.opting_out import OptedOut, opted_out
from callboard.plan import Plan
from callboard.recipients import talk_of, why_not_there
from callboard.writing import Writer


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as the wiki knows them this moment."""

    name: str  # as asked for, spelt as the wiki does
    account: Account | None
    talk: PageText
    target: PageText | None  # where a redirected talk page leads
    target_account: Account | None
    opted_out: OptedOut
    nested: Mapping[str, str] | None  # the templates that may keep bots out, where they must be read

    @property
    def names(self) -> frozenset[str]:
        """The names by which pages and notices may mean them."""
        return frozenset({self.name, self.account.name} if self.account else {self.name})


def somebody(name: str, plan: Plan, writer: Writer) -> Somebody:
    """Ask the wiki about a person, and about those with a line on the opt-out page: it may name them as they were called."""
    addresses = Addresses(writer.wiki, writer.ledger)
    said = opted_out(plan.snapshot.pages.get(plan.snapshot.event.pages.opt_out), kinds())
    addresses.ask({name} | said.names, writer.now - writer.shift)
    account = addresses.account(name)
    talk = _page(writer, f"User talk:{account.name if account else name}")
    target, target_account = None, None
    if talk.redirect and (title := talk_of(talk)):
        target = _page(writer, title)
        owner = title.partition(":")[2]
        addresses.ask([owner], writer.now - writer.shift)
        target_account = addresses.account(owner)
    said, there = said.following(addresses.asked), target or talk
    return Somebody(
        name, account, talk, target, target_account, said, writer.nested([there]).get(there.title)
    )


def _page(writer: Writer, title: str) -> PageText:
    return writer.wiki.read([title]).pages[title]


def explain_person(one: Somebody, plan: Plan, entries: Iterable[Sent], bot: str) -> tuple[Part, ...]:
    """Everything that is known of a person, and why they are told what."""
    theirs = sorted(
        (entry for entry in entries if _is(recipient_in(entry.key), one, plan)),
        key=lambda entry: (entry.at, entry.key),
    )
    sent = [entry for entry in theirs if entry.state in {"sent", "claimed"}]
    kept = [entry for entry in theirs if entry.state in {"held", "skipped"}]
    return (
        Part(one.name, tuple(_on_the_wiki(one, plan, bot))),
        Part("In the schedule", tuple(_sessions(one, plan))),
        Part("In sign-up lists", tuple(_entries(one, plan))),
        Part("On the board", tuple(_tasks(one, plan))),
        Part("Was told", tuple(map(_entry, sent))),
        Part("Was not told", tuple(map(_entry, kept))),
        Part("Comes next", tuple(_next(one, plan))),
        Part("How much, and when", tuple(_limits(one, plan))),
    )


# --- who that is ---


def _on_the_wiki(one: Somebody, plan: Plan, bot: str) -> Iterator[str]:
    account = one.account
    if account and account.exists:
        yield f"an account of this wiki{f', {account.name} now' if account.name != one.name else ''}"
    wanted = [rule.kind for rule in plan.snapshot.event.notice if rule.enabled]
    whys = {kind: _why_not(one, kind, plan, bot) for kind in wanted}
    reasons = dict.fromkeys(whys.values())
    page = (one.target or one.talk).title
    for why in reasons:
        of = [kind for kind in wanted if whys[kind] == why]
        which = "" if len(reasons) == 1 else f" ({', '.join(of)})"
        yield f"NO notices{which}: {why}" if why else f"notices{which} can be put on [[{page}]]"
    if account and account.languages:
        yield f"writes {', '.join(account.languages)} by the user page: notices come in it where there is a translation"


def _why_not(one: Somebody, kind: str, plan: Plan, bot: str) -> str:
    verdict = why_not_there(
        one.account,
        one.talk,
        plan.snapshot.event,
        kind,
        bot=bot,
        opted_out=one.opted_out,
        target=one.target,
        target_account=one.target_account,
        nested=one.nested,
    )
    return verdict.why


# --- what they do ---


def _is(name: str, one: Somebody, plan: Plan) -> bool:
    return name in one.names or plan.snapshot.renamed(name) in one.names


def _sessions(one: Somebody, plan: Plan) -> Iterator[str]:
    for schedule in plan.schedules:
        for session in schedule.sessions:
            roles = {"owner": session.owners, "facilitator": session.facilitators}
            found = [(role, p) for role, people in roles.items() for p in people if _is(p.name, one, plan)]
            for role, person in found:
                unlinked = (
                    "; the name is no link, so nobody is told" if person.form is PersonForm.BARE else ""
                )
                where = f"[[{schedule.page}]], line {session.line}"
                yield f'{role} of "{session.title}", {slot_of(session, plan.snapshot.event)} ({where}){unlinked}'


def _entries(one: Somebody, plan: Plan) -> Iterator[str]:
    for page in plan.signups:
        for entry in page.entries:
            if not any(_is(person.name, one, plan) for person in entry.people):
                continue
            hours = ", ".join(f"{a:%a %d %b %H:%M}–{b:%H:%M} UTC" for a, b in entry.availability or ())
            told = (
                hours or (f"unclear hours: {entry.question}" if entry.ambiguous else "") or "no hours given"
            )
            yield f"{entry.role or 'a list'}: {told} ([[{page.page}]], line {entry.line})"


def _tasks(one: Somebody, plan: Plan) -> Iterator[str]:
    for state in plan.states:
        proposal = state.proposal
        if any(_is(name, one, plan) for name in proposal.owners):
            yield f"{proposal.task} {proposal.title}: {state.state} (./run explain -task:{proposal.task} tells more)"


# --- what they are told ---


def _entry(entry: Sent) -> str:
    edit = f", revision {entry.revid}" if entry.revid else ""
    state = {
        "claimed": ", no answer came: the next look finds out",
        "held": ", tried again",
        "skipped": ", given up",
    }.get(entry.state, "")
    why = f": {entry.why}" if entry.why else ""
    return f"{_utc(entry.at)} {entry.kind} about {subject_in(entry.key)}{edit}{state}{why}"


def _next(one: Somebody, plan: Plan) -> Iterator[str]:
    for notice in plan.notices.now:
        if _is(notice.recipient, one, plan):
            word = word_on(notice, plan.snapshot)
            yield f"now: {_what(notice)}{_waits(plan)}{_released(word)}"
    for planned in plan.notices.planned:
        if _is(planned.notice.recipient, one, plan):
            yield _planned(planned, plan)
    for notice in plan.notices.late:
        if _is(notice.recipient, one, plan):
            yield f"never: {_what(notice)}; {plan.notices.why_late[notice.key]}"
    if not plan.notices.worked_out:
        yield "nobody is told anything while a schedule page is on hold"


def _planned(planned: Planned, plan: Plan) -> str:
    notice, rules = planned.notice, plan.snapshot.event.delivery
    why = f"; {planned.why}" if planned.why else ""
    if planned.at is None:
        return f"waits for a person: {_what(notice)}{why}"
    soon = notice.due - plan.snapshot.now <= rules.grace
    near = " (the page must be quiet until then, or its time is near)" if soon and not why else ""
    return f"{_utc(planned.at)}: {_what(notice)}{why}{near}"


def _what(notice: Notice) -> str:
    until = f"of use until {_utc(notice.until)}"
    return f"{notice.kind} about {notice.values.get('title', notice.subject)}, {until}"


def _waits(plan: Plan) -> str:
    return "; a brake waits for a person to confirm" if plan.brakes else ""


def _released(word: OutboxWord | None) -> str:
    return f"; released early by {word.by}" if word else ""


# --- how much, and when ---


def _limits(one: Somebody, plan: Plan) -> Iterator[str]:
    snapshot = plan.snapshot
    rules, now = snapshot.event.delivery, snapshot.now
    day: PersonsDay = day_of(snapshot.event, *sorted(one.names))
    today = day.date_of(now)
    # What was told under a former name is noted under the new one too.
    had = {
        key_for(key, one.name)
        for key, at in snapshot.sent_at.items()
        if _is(recipient_in(key), one, plan) and day.date_of(at) == today
    }
    yield f"{counted(len(had), 'notice')} today ({today}, {day.zone}), of {rules.per_day} a day at most"
    if day.quiet:
        end = day.quiet_until(now)
        until = f"; it is one of them now, until {_utc(end)}" if end else ""
        yield f"quiet hours {day.quiet_hours}{until}"
    quiet = counted(rules.grace // timedelta(minutes=1), "minute")
    yield f"a change on a page must be quiet for {quiet}, unless the start is near"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
