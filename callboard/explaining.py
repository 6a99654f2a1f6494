"""The whole reasoning about one task: what it says, who is known, every sign of a yes, its row, and what was and will be told."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from callboard.board_facts import evidence, fits_told, number_of, offered, slot_of, told
from callboard.board_matches import likely, links, why_not_linked
from callboard.checks.phrasing import listed
from callboard.config_board import Board
from callboard.explaining_writes import Part, comments, notices
from callboard.ledger import Sent
from callboard.model import JudgedSign, Proposal, ProposalState
from callboard.plan import Plan
from callboard.wikitext.escape import shortened

_MOST = 600  # characters of one value


class NoSuchTask(ValueError):
    """The board shows no such task; the message says what can be done."""


def explain(task: str, plan: Plan, sent: Iterable[Sent]) -> tuple[Part, ...]:
    """Everything that is known of a task, and why; raises NoSuchTask."""
    proposal = _found(task, plan)
    state = next((one for one in plan.states if one.proposal.task == task), None)
    return (
        Part(f"{task}: {proposal.title}", tuple(_card(proposal, state))),
        Part("What its description says", tuple(_fields(proposal, plan))),
        Part("People", tuple(_people(proposal))),
        Part("The coordination team's yes", tuple(_yes(proposal, plan))),
        Part("In the schedule", tuple(_rows(proposal, state, plan))),
        Part("Notices", tuple(notices(proposal, state, plan, sent))),
        Part("Comments and moves by the bot", tuple(comments(proposal, state, plan))),
    )


def _found(task: str, plan: Plan) -> Proposal:
    known = plan.snapshot.proposals
    boards = listed([board.project for board in plan.snapshot.event.board]) or "of the file"
    if known is None:
        why = plan.snapshot.board_note or "the board was not read"
        raise NoSuchTask(f"{task} cannot be explained: {why}; try again later, or give -tasks:FILE")
    if task in known:
        return known[task]
    near = get_close_matches(task, known, n=3, cutoff=0.8)
    meant = f" Did you mean {listed(sorted(near, key=number_of))}?" if near else ""
    raise NoSuchTask(
        f"{task} is not among the {len(known)} tasks that the bot sees on the board {boards}. Put the board's project on it,"
        f" and let the bot's account see it, if it should be there; board_report lists all.{meant}"
    )


# --- the card ---


def _card(one: Proposal, state: ProposalState | None) -> Iterator[str]:
    where = f'in the column "{one.column}"' if one.column else "in no column that is known"
    yield f"{_kind(one)}, {where}{f' of {one.board}' if one.board else ''}; status {one.status}{', closed' if one.closed else ''}"
    submitted = f" on {one.submitted:%Y-%m-%d %H:%M} UTC" if one.submitted else ""
    yield f"filed by {one.author or 'nobody who is known'}{submitted}"
    if one.closed and one.closer:
        yield f"closed by {one.closer}"
    if one.merged_into:
        yield f"merged into {one.merged_into}"
    if not one.visible:
        yield "hidden from the bot, or taken off the board: nothing is done about it"
    if state:
        since = f", since {state.since:%Y-%m-%d %H:%M} UTC" if state.since else ""
        yield f"State: {state.state}{since}{f'; {state.why}' if state.why else ''}"
    elif one.visible and one.kind == "session":
        yield "State: not worked out"


def _kind(one: Proposal) -> str:
    return {
        "session": "A proposal for a session",
        "project": "A project, no session",
        "other": "A card that is neither a session nor a project, so nothing is asked of it",
    }.get(one.kind, one.kind)


# --- what it says ---


def _fields(one: Proposal, plan: Plan) -> Iterator[str]:
    board = plan.snapshot.event.board_of(one.board)
    labels = board.fields.labels() if board else {}
    for name, value in one.fields.items():
        yield f"{name}: {shortened(' '.join(value.split()), _MOST)}"
    read = [f"format {one.format}" if one.format else "", f"{one.minutes} minutes" if one.minutes else ""]
    if any(read):
        yield f"understood: {', '.join(filter(None, read))}"
    for start, end in one.available or ():
        yield f"the owner can: {start:%Y-%m-%d %H:%M}–{end:%Y-%m-%d %H:%M} UTC"
    if one.recording:
        yield f"recording, by a coordinator's comment: {one.recording}"
    if not one.fields and not any(read):
        yield "no field of the template was found in it"
    for name in one.missing:
        ways = " or ".join(f'"{label}"' for label in labels.get(name, ())[:3])
        yield f"MISSING: {name}{f' (looked for under {ways})' if ways else ''}"
    yield from (f"CONTRADICTORY: {words}" for words in one.contradictions)
    if not one.missing and board and board.fields.required:
        yield f"all required fields are there: {', '.join(board.fields.required)}"


# --- who ---

_WHY_KNOWN = {
    "mediawikiquery": "verified: Phabricator knows the wiki account, and it is the author's or a listed speaker's",
    "people": "verified: the event file's [board.people] names the account",
    "unverified": "claimed, unverified: nobody knows that it is the author's or a speaker's, so the task alone sends no notice there",
}


def _people(one: Proposal) -> Iterator[str]:
    for claim in one.claims:
        yield f"{claim.name}: {_WHY_KNOWN.get(claim.why, claim.why)}"
    named = {claim.name for claim in one.claims}
    yield from (f"{name}: known to be the author's account" for name in one.owners if name not in named)
    for name in one.claimed_names:
        if name not in named and name not in one.owners:
            yield f"{name}: {_WHY_KNOWN['unverified']}"
    if not one.owners:
        yield (
            "Nobody can be told on the wiki. The author links the wiki account on Phabricator and names it in the task,"
            " or the event file's [board.people] names it."
        )


# --- the yes ---


def _yes(one: Proposal, plan: Plan) -> Iterator[str]:
    board = plan.snapshot.event.board_of(one.board)
    if board:
        yield f"A yes here is {' or '.join(_ways(board))}, by {listed(board.coordinators, most=8)}{_team(board)}."
    yield from (_sign(sign) for sign in one.signs)
    if not one.signs:
        yield "Nothing on the task could be one: no coordinator wrote, and nobody moved it or changed a tag or its status."
    for proof in evidence(one):
        yield f"{'YES' if proof.holds else 'No more'}: {told(proof)}{f' [{proof.transaction}]' if proof.transaction else ''}"
    if one.acknowledged is None:
        closed = ", as the task is closed" if one.closed and one.was_acknowledged else ""
        yield f"So there is no yes now{closed if one.kind == 'session' else ', as the card is for no session'}."


def _ways(board: Board) -> Iterator[str]:
    what = {
        "comment": f"a comment that says {listed([repr(words) for words in board.wording])}",
        "column": f"a move into {listed(board.columns)}",
        "tag": f"putting on the tag {listed(board.tags)}",
        "status": f"setting the status {listed(board.statuses)}",
    }
    return (what[way] for way in board.acknowledged_by)


def _team(board: Board) -> str:
    return f", as far as they are members of {board.team}" if board.team else ""


def _sign(sign: JudgedSign) -> str:
    why = f": {sign.why}" if sign.why else ""
    where = f" [{sign.transaction}]" if sign.transaction else ""
    by = sign.by or "somebody"
    says = " ".join(sign.says.split())
    return f'{sign.at:%Y-%m-%d %H:%M} {sign.how} by {by}, "{says}" → {sign.verdict}{why}{where}'


# --- its row ---


def _rows(one: Proposal, state: ProposalState | None, plan: Plan) -> Iterator[str]:
    event = plan.snapshot.event
    for page, session in state.rows if state else ():
        people = listed([person.name for person in session.owners]) or "nobody"
        yield f'linked in [[{page}]], line {session.line}: "{session.title}", {slot_of(session, event)}; it names {people}'
    for link in links(plan):
        if link.proposal.task == one.task:
            held = f"; not saved: {link.held}" if link.held else ""
            yield f"the link in [[{link.page}]], line {link.line}, is {link.does} by the bot{held}"
    if state and not state.rows:
        yield "No row links it."
        if why := why_not_linked(state, plan):
            yield f"The bot links it to none: {why}."
        for other in likely(plan, [one]):
            row = f'"{other.session.title}" ([[{other.page}]], line {other.session.line})'
            yield f"It may be {row}: {other.reason}."
        if one.acknowledged and not one.closed:
            yield f"Free slots that fit: {fits_told(offered(state, plan), event)}"
    if one.slot:
        yield f'A coordinator ({one.slot.by}) asked for the slot "{one.slot.text}"{_wish(one, plan)}.'
    for problem in (*plan.problems, *plan.accepted):
        if problem.task == one.task:
            yield f"{problem.severity} {problem.code}: {problem.message}{' (acknowledged)' if problem.accepted else ''}"


def _wish(one: Proposal, plan: Plan) -> str:
    if one.slot and one.slot.transaction in plan.snapshot.carried_out:
        return ", which was done"
    found = next((wish for wish in plan.wishes.open if wish.proposal.task == one.task), None)
    if found is None:
        return "; wishes are off for this board, or it stands there already"
    return ", which can be done" if found.ready else f"; not done: {found.why}"
