"""Rows and tasks as people are told of them: links that are made or asked for, what may belong together, and why the rest is not linked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callboard.board_facts import verified
from callboard.checks.phrasing import listed
from callboard.jobs import LINKING
from callboard.model import Proposal, ProposalState, ProposedEdit, Session, State
from callboard.plan import PagePlan, Plan
from callboard.read.matching import exact_title
from callboard.read.suggestions import suggestions
from callboard.wikitext.edits import Span
from callboard.wikitext.tasks import tasks

_MOST = 500  # proposals for which rows are looked for


@dataclass(frozen=True, slots=True)
class Suggested:
    """A row without a task and a proposal with a yes that may be its; why that seems so, in words."""

    page: str
    session: Session
    proposal: Proposal
    reason: str


def suggested(plan: Plan) -> list[Suggested]:
    """What may belong together, but not certainly: for a person to decide; of the first of very many proposals only."""
    waiting = [one.proposal for one in plan.states if one.state is State.ACKNOWLEDGED]
    return likely(plan, waiting[:_MOST])


def likely(plan: Plan, waiting: list[Proposal]) -> list[Suggested]:
    """The rows without a task that may be these proposals."""
    pages = {id(one): schedule.page for schedule in plan.schedules for one in schedule.sessions}
    free = [one for schedule in plan.schedules for one in schedule.sessions if not one.tasks]
    return [
        Suggested(pages[id(one.session)], one.session, one.proposal, one.reason)
        for one in suggestions(free, waiting)
    ]


# --- links of one plan ---


@dataclass(frozen=True, slots=True)
class Link:
    """The link of an acknowledged task that the plan puts into a row, or asks a person about."""

    page: str
    line: int
    proposal: Proposal
    does: str  # "linked", "asked about", "left to people"
    edit: ProposedEdit
    held: str = ""  # why the page is not saved, so that nothing is linked


def links(plan: Plan) -> list[Link]:
    """Every link that the rule for acknowledged tasks wants, in the order of the pages."""
    return [link for page in plan.pages for link in _links_of(page, plan)]


def _links_of(page: PagePlan, plan: Plan) -> Iterator[Link]:
    known = plan.snapshot.proposals or {}
    kinds = (("linked", page.applied), ("asked about", page.asks), ("left to people", page.shows))
    for does, edits in kinds:
        for edit in edits:
            if edit.rule != LINKING:
                continue
            text = edit.edit.new
            named = {ref.task for ref in tasks(text, Span(0, len(text)))} & known.keys()
            named = named or {task for task in known if task in text or text.strip() == task[1:]}
            for task in sorted(named):
                yield Link(page.title, edit.line, known[task], does, edit, page.held or page.unread)


# --- what is not linked ---


@dataclass(frozen=True, slots=True)
class NotLinked:
    """A proposal that stays without a link, and why."""

    proposal: Proposal
    why: str


def not_linked(plan: Plan) -> list[NotLinked]:
    """The proposals with a yes that no row links, and those without one that a row seems to be."""
    settled = {link.proposal.task for link in links(plan)}
    left = [one for one in plan.states if not one.rows and one.proposal.task not in settled]
    often = Counter(exact_title(one.proposal.title) for one in plan.states if one.proposal.acknowledged)
    return [
        NotLinked(one.proposal, why)
        for one in left
        if (why := why_not_linked(one, plan, often[exact_title(one.proposal.title)]))
    ]


def why_not_linked(one: ProposalState, plan: Plan, often: int = 1) -> str:
    """Why the bot links the proposal to no row; empty where nobody would expect it to."""
    proposal = one.proposal
    same = list(rows_called(proposal.title, plan))
    free = [session for _, session in same if not session.tasks]
    if not proposal.acknowledged or proposal.closed:
        rows = f" (a row of that title stands on [[{same[0][0]}]], line {same[0][1].line})" if same else ""
        return f"{one.state}: {one.why or no_yes(proposal)}{rows}" if same else ""
    if not same:
        return "no row has its title"
    if not free:
        others = sorted({ref.task for _, session in same for ref in session.tasks})
        return f"the row of that title links {listed(others)}"
    if len({session.span for session in free}) > 1:
        return f"{len(free)} rows have its title, so nobody knows which is meant"
    if often > 1:
        return f"{often} acknowledged tasks have this title, so nobody knows which is meant"
    there = list(dict.fromkeys(person.name for person in free[0].owners))
    known = verified(proposal)
    if not known:
        return "no wiki account is known to be its author's, so the title alone would decide"
    if not set(there) & set(known):
        return f"{listed(known)} is verified, but the row names {listed(there) or 'nobody'}"
    return "the row has its title and owner, but the link cannot be put there, or a person took it back"


def rows_called(title: str, plan: Plan) -> Iterator[tuple[str, Session]]:
    """The rows of that title, with their pages."""
    wanted = exact_title(title)
    for schedule in plan.schedules if wanted else ():
        yield from ((schedule.page, one) for one in schedule.sessions if exact_title(one.title) == wanted)


def no_yes(proposal: Proposal) -> str:
    """Why there is no yes, from the newest sign that was looked at."""
    if proposal.withdrawn:
        by = f" by {proposal.withdrawn.by}" if proposal.withdrawn.by else ""
        return f"the yes was taken back{by}"
    tried: Iterable[str] = (sign.why for sign in reversed(proposal.signs) if sign.why)
    return next(iter(tried), "nobody of the coordination team has said yes")
