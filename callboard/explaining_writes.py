"""What was told about a task, on the wiki and on the task, and why the next notice or comment is due or not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callboard.board_facts import on_hold, unverified
from callboard.board_matches import no_yes
from callboard.board_told import doubted
from callboard.checks.phrasing import listed
from callboard.config_notices import AskedFor, NoticeRule
from callboard.ledger import Sent
from callboard.model import Notice, Proposal, ProposalState, State, Told
from callboard.model.notice import subject_in
from callboard.notices import Occasions, kinds, told_as
from callboard.notices.telling import accounts_of, subject
from callboard.plan import Plan
from callboard.proposals.markers import kind_of

# The kinds of notice that are about one session; of the others only what was sent is told.
_OF_A_SESSION = frozenset(
    {"acknowledged", "scheduled", "starts_soon", "acknowledgement_withdrawn"}
    | {"proposal_incomplete", "not_scheduled", "conflict", "after_session"}
)
_WITHOUT_A_YES = frozenset({"starts_soon", "after_session"})


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it, a line each."""

    heading: str
    lines: tuple[str, ...]


# --- notices ---


def notices(one: Proposal, state: ProposalState | None, plan: Plan, sent: Iterable[Sent]) -> Iterator[str]:
    """What was sent, held or given up; then of each kind that the event sends what is next."""
    subjects = {one.task, *(subject(session) for _, session in (state.rows if state else ()))}
    known = {entry.key: entry for entry in sent if subjects.intersection(_subjects(subject_in(entry.key)))}
    for entry in sorted(known.values(), key=lambda entry: (entry.at, entry.key)):
        edit = f", revision {entry.revid}" if entry.revid else ""
        why = f": {entry.why}" if entry.why else ""
        yield f"{entry.at:%Y-%m-%d %H:%M} {entry.state}: {entry.kind} to {entry.recipient}{edit}{why}"
    if not known:
        yield "None was sent so far."
    for rule in plan.snapshot.event.notice:
        yield from _next(rule, one, state, plan, subjects)


def _subjects(whole: str) -> list[str]:
    """What a notice is about; a conflict is about two sessions."""
    return [whole, *whole.split("+")]


def _next(
    rule: NoticeRule, one: Proposal, state: ProposalState | None, plan: Plan, subjects: set[str]
) -> Iterator[str]:
    kind, snapshot = kinds()[rule.kind], plan.snapshot
    if rule.kind in _OF_A_SESSION and (why := _switched_off(rule, plan)):
        yield f"{rule.kind}: never, {why}"
        return
    if kind.by_script and not isinstance(rule, AskedFor):
        return
    look = Occasions(snapshot, plan.schedules, rule, plan.signups, plan.problems, plan.states)
    found = [notice for notice in kind.find(look) if subjects.intersection(_subjects(notice.subject))]
    told = told_as(found, snapshot.sent, plan.notices.called_for)
    for notice in found:
        yield f"{rule.kind} to {notice.recipient}: {_when(notice, plan, done=notice.key in told)}"
    if not found and rule.kind in _OF_A_SESSION:
        yield f"{rule.kind}: not due, {_why_nothing(rule.kind, one, state, plan)}"


def _switched_off(rule: NoticeRule, plan: Plan) -> str:
    if not rule.enabled:
        return "the event file switches it off"
    if kinds()[rule.kind].rests_on_board and plan.snapshot.board_note:
        return "as long as the board is away"
    return "as long as a schedule page is on hold" if on_hold(plan) else ""


def _when(notice: Notice, plan: Plan, *, done: bool) -> str:
    now = plan.snapshot.now
    if done:
        return "was sent, or given up, for this occasion"
    later = next((one for one in plan.notices.planned if one.notice.key == notice.key and one.why), None)
    if later:
        moment = f"planned for {later.at:%Y-%m-%d %H:%M} UTC" if later.at else "waits for a person"
        return f"{moment}; {later.why}"
    if now >= notice.until:
        return f"too late, it was of use until {notice.until:%Y-%m-%d %H:%M} UTC"
    if now < notice.due:
        return f"due on {notice.due:%Y-%m-%d %H:%M} UTC"
    if plan.brakes:
        return "due now, but a brake waits for a person to confirm"
    return "due now: the next tick with -apply posts it, unless the talk page keeps it out"


def _why_nothing(kind: str, one: Proposal, state: ProposalState | None, plan: Plan) -> str:
    if kind == "acknowledgement_withdrawn":
        if one.withdrawn is None or not one.visible:
            return "no yes was taken back" if one.visible else "the task is hidden, or off the board"
        return "its session is over" if state and state.rows else "no row of the schedule links it"
    if not one.visible:
        return "the task is hidden, or off the board"
    if one.closed and kind != "after_session":
        return "the task is closed"
    if kind == "conflict":
        return "nothing is known with which it overlaps"
    rows = state.rows if state else ()
    if kind == "proposal_incomplete":
        return _why_not_incomplete(one, state)
    if kind in {"acknowledged", "not_scheduled"} and one.acknowledged and rows:
        return "the session stands in the schedule already"
    if not one.acknowledged and kind not in _WITHOUT_A_YES:
        return f"there is no yes: {no_yes(one)}"
    if kind in {"acknowledged", "not_scheduled"}:
        return (
            _nobody_known(one) or "the schedule's pages name the task, or the yes is newer than the reminder"
        )
    if not rows:
        return "no row of the schedule links it"
    if all(session.start is None or session.room is None for _, session in rows):
        return "its row has no clear time and room"
    people = [person for _, session in rows for person in (*session.owners, *session.facilitators)]
    if not list(accounts_of(plan.snapshot, people)):
        return "its row links nobody whose account the wiki has"
    return "nothing about it calls for one"


def _nobody_known(one: Proposal) -> str:
    if one.owners:
        return ""
    claimed = listed(unverified(one))
    return f"nobody's wiki account is known{f'; {claimed} is claimed, unverified' if claimed else ''}"


def _why_not_incomplete(one: Proposal, state: ProposalState | None) -> str:
    if not one.missing:
        return "nothing required is missing"
    if state is None or state.state is not State.INCOMPLETE:
        return (
            f"the session is {state.state}, not incomplete"
            if state
            else "the task is no session that the board shows"
        )
    return _nobody_known(one) or "it was asked for before"


# --- comments and moves ---


def comments(one: Proposal, state: ProposalState | None, plan: Plan) -> Iterator[str]:
    """What the bot wrote on the task, what is due, and of each thing that it could write why it is not."""
    yield from map(_written, one.told)
    if one.moved_by_bot:
        yield f"the bot put the card into {len(one.moved_by_bot)} of the columns once; where people put it, it stays"
    due = [change for change in plan.board_changes if change.task == one.task]
    for change in due:
        move = f", and the card goes to {change.column}" if change.column else ""
        waits = "; a brake waits for a person to confirm" if plan.brakes or plan.task_brakes else ""
        yield f"due now: {change.kind}{move}; {change.why}{waits}"
    board = plan.snapshot.event.board_of(one.board)
    if board is None or not board.writes.any:
        yield "The event file switches off everything that the bot could write on tasks ([board.writes])."
        return
    writes = board.writes
    switches = {
        "missing": writes.missing,
        "slot": writes.slot,
        "column": bool(writes.column),
        "afterwards": writes.afterwards,
    }
    kinds_due = {change.kind for change in due} | {"column" for change in due if change.column}
    for kind, on in switches.items():
        if kind not in kinds_due:
            why = _why_silent(kind, one, state, plan) if on else "the event file switches it off"
            yield f"{kind}: not due, {why}"


def _written(told: Told) -> str:
    removed = "; people removed it, so no other is written" if told.removed else ""
    return (
        f"{told.at:%Y-%m-%d %H:%M} wrote: {kind_of(told.marker) or 'a comment'} [{told.transaction}]{removed}"
    )


def _why_silent(kind: str, one: Proposal, state: ProposalState | None, plan: Plan) -> str:
    """The first reason that holds; the rules themselves are in `board_told`."""
    if plan.snapshot.board_note:
        return "the board is away"
    if not one.visible or state is None:
        return "the task is no session that the board shows"
    held = kind == "afterwards" and state.state is State.HELD  # closed tasks are asked too, if they had a yes
    if one.closed and not held:
        return "the task is closed"
    if kind != "column" and any(told.removed for told in one.told):
        return "people removed a comment of the bot"
    before = {kind_of(told.marker) for told in one.told}
    if kind == "missing":
        return _why_not_asked(one, before)
    if not (one.acknowledged or (held and one.was_acknowledged)):
        return f"there is no yes: {no_yes(one)}"
    if one.task in doubted(plan.problems):
        return "its row may link somebody else's task: see the problems on the report page"
    wanted = State.HELD if kind == "afterwards" else State.SCHEDULED
    if state.state is not wanted:
        return f"the session is {state.state}, not {wanted}"
    if kind in before:
        return "it was written for this occasion"
    if kind == "column":
        return "the card lies there, or was put there once"
    return "the row has no clear slot, or its time has not come, or is over"


def _why_not_asked(one: Proposal, before: set[str]) -> str:
    if not one.missing:
        return "nothing required is missing"
    if one.acknowledged:
        return "the team said yes all the same"
    return "it was asked for" if "missing" in before else "the task is too new, or the event is over"
