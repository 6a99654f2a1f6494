"""The pages that the bot keeps between its two marks: report, proposals, projects, outbox; each saved at most once a tick."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callboard.board_facts import out_of_sight
from callboard.ledger import Sent
from callboard.plan import Plan
from callboard.ports import Conflict, Refused, Saved, Unknown
from callboard.report import NotOurPage, report, with_report
from callboard.report_outbox import outbox_told
from callboard.report_projects import projects_told
from callboard.report_proposals import proposals_told
from callboard.writing import Held, Writer, Written


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page, what the bot says there, and what the edit is called; one that beats is saved now and then without a change."""

    title: str
    what: str  # "report", "proposals", "projects", "outbox"
    body: str
    did: str  # for the edit summary: "report, problems: 12"
    beats: bool = False
    as_planned: bool = False  # saved only if the page still is as the plan was made from it


def own_pages(plan: Plan, notices: Iterable[Sent]) -> Iterator[OwnPage]:
    """The pages that the event names, those first whose news press; two names of one page are one page."""
    named = plan.snapshot.event.pages
    projects = list(projects_told(plan)) if named.projects else []
    shared = projects if named.projects == named.report else []
    if named.report:
        body = report(plan, notices) + _text(shared)
        yield OwnPage(named.report, "report", body, f"report, problems: {len(plan.problems)}", beats=True)
    if named.proposals and named.proposals != named.report:
        lines = [*proposals_told(plan), *(projects if named.projects == named.proposals else ())]
        if lines and not out_of_sight(plan):  # what stands there is nearer to the truth
            yield OwnPage(named.proposals, "proposals", _text(lines), f"proposals: {len(plan.states)}")
    if projects and named.projects not in {named.report, named.proposals}:
        yield OwnPage(named.projects, "projects", _text(projects), "projects of the board")


def outbox_page(plan: Plan, notices: Iterable[Sent], *, confirmed: bool) -> Iterator[OwnPage]:
    """The outbox, if the event has one and it is known who is due what.

    Nobody's word there is ever written over: where somebody changed the page since the plan was made it waits for the next tick.
    """
    title = plan.snapshot.event.pages.outbox
    if title and plan.notices.worked_out and not plan.snapshot.board_note:
        body = outbox_told(plan, notices, confirmed=confirmed)
        did = f"outbox, planned: {len(plan.notices.planned)}"
        yield OwnPage(title, "outbox", body, did, as_planned=True)


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def write_own_page(page: OwnPage, plan: Plan, writer: Writer) -> None:
    """Save the page if it says something else now; what came of it is in the writer's results."""
    event, title, results = writer.event, page.title, writer.results
    for _ in range(event.limits.retries):
        there = writer.pages.get(title) or plan.snapshot.pages[title]
        if page.as_planned and there.revid != plan.snapshot.pages[title].revid:
            results.held.append(Held(title, page.what, "somebody edited it just now; the next tick reads it"))
            return
        try:
            text = with_report(there.text, page.body, event, plan.snapshot.now, beats=page.beats)
        except NotOurPage as error:
            results.held.append(Held(title, page.what, str(error)))
            return
        if text is None:
            return
        verdict = writer.keeps_out(there)
        if not verdict.allowed:
            results.held.append(Held(title, page.what, verdict.why))
            return
        outcome = writer.wiki.save(there, text, f"Bot: {page.did}{event.pages.what_is_this}", minor=True)
        match outcome:
            case Saved(revid=revid):
                results.written.append(Written(title, page.what, revid, len(text) - len(there.text or "")))
                return
            case Conflict():
                writer.look([title])
            case Refused(code=code, why=refusal):
                results.held.append(Held(title, page.what, f"{refusal} ({code})"))
                return
            case Unknown(why=lost):
                results.failed.append(f"[[{title}]]: no answer to the save ({lost})")
                return
            case _:
                return
