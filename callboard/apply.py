"""The only writer of event pages: fresh look, plan again if the page moved, one compare-and-swap save, note it.

Killed at any line, nothing is half done: a page edit is one request, and the next tick plans from the page as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from callboard.errors import BoardAway
from callboard.gather import BoardReader, own_edits_known
from callboard.model import PageText, Proposal
from callboard.plan import PagePlan, Plan, page_brakes, plan_page
from callboard.ports import Conflict, Outcome, Refused, Saved, Unchanged, Unknown
from callboard.read.schedule import read_schedule
from callboard.rules import SCHEDULE
from callboard.snapshot import Snapshot
from callboard.taken_back import rules_named, traces
from callboard.wikitext.edits import Span, TextEdit
from callboard.writing import Held, Writer, Written

_NOT_AS_IT_WAS = "its row or its acknowledgement is not as it was a moment ago"


def apply_pages(plan: Plan, writer: Writer, board: BoardReader | None, *, confirmed: bool = False) -> None:
    """Save the pages that the plan changes, each at most once; what could not be saved is in the writer's results."""
    if plan.brakes and not confirmed:
        return
    for page_plan in plan.pages:
        # Of a page that is schedule and sign-up lists in one the next tick tidies the other half: one save a page and tick.
        saved = any((done.page, done.what) == (page_plan.title, "tidied") for done in writer.results.written)
        if page_plan.changes and not saved:
            snapshot = replace(plan.snapshot, pages={**plan.snapshot.pages, **writer.pages})
            try:
                _apply_page(page_plan, snapshot, writer, board, confirmed=confirmed)
            except BoardAway as error:
                writer.results.failed.append(
                    f"[[{page_plan.title}]]: not tidied, the board went away before the save: {error}"
                )


def _planned(
    plan: PagePlan, fresh: PageText, snapshot: Snapshot, bot: str, board: BoardReader | None
) -> PagePlan:
    """The page's plan as it is this moment, every task that it links looked at once more. Raises BoardAway."""
    moved = fresh.revid != plan.page.revid
    if moved:
        plan = plan_page(fresh, plan.kind, snapshot, bot)
    looked_at: set[str] = set()
    # What the board says now may let another task be linked in its place: until all of them were looked at.
    while board and plan.changes and (tasks := linked_tasks(plan, snapshot) - looked_at):
        snapshot = replace(
            snapshot, proposals=with_rechecked(snapshot.proposals or {}, board, tasks | looked_at)
        )
        looked_at |= tasks
        plan = plan_page(fresh, plan.kind, snapshot, bot)
    return plan


def with_rechecked(
    proposals: Mapping[str, Proposal], board: BoardReader, tasks: Iterable[str]
) -> dict[str, Proposal]:
    """The proposals with these tasks as they are this moment; one that cannot be seen any more is not acknowledged."""
    asked = sorted(set(tasks))
    fresh = board.recheck(asked)
    gone = {
        task: replace(proposals[task], acknowledged=None, visible=False)
        for task in asked
        if task in proposals and task not in fresh
    }
    return {**proposals, **gone, **fresh}


def linked_tasks(plan: PagePlan, snapshot: Snapshot) -> set[str]:
    """The tasks on whose yes the page's edits rest: those that the linking rule puts there, those of the rows changed."""
    tasks = _new_links(plan, snapshot)
    if plan.kind is SCHEDULE:
        schedule = read_schedule(plan.page.text or "", snapshot.event, plan.title)
        edits = [edit.edit for edit in plan.applied]
        rows = [one for one in schedule.sessions if any(_touches(edit, one.span) for edit in edits)]
        tasks |= {ref.task for one in rows for ref in one.tasks}
    return tasks & (snapshot.proposals or {}).keys()


def _new_links(plan: PagePlan, snapshot: Snapshot) -> set[str]:
    new = " ".join(edit.edit.new for edit in plan.applied if edit.rule == "link-acknowledged-tasks")
    return {task for task in snapshot.proposals or {} if task in new}


def _touches(edit: TextEdit, span: Span) -> bool:
    return edit.start <= span.end and span.start <= edit.end


def _apply_page(
    plan: PagePlan, snapshot: Snapshot, writer: Writer, board: BoardReader | None, *, confirmed: bool
) -> None:
    why = ""
    for _ in range(snapshot.event.limits.retries):
        fresh = writer.look([plan.title]).pages[plan.title]
        wanted = _new_links(plan, snapshot)
        plan = _planned(plan, fresh, snapshot, writer.wiki.bot, board)
        for task in sorted(wanted - _new_links(plan, snapshot)):
            writer.results.held.append(Held(plan.title, f"linking {task}", _NOT_AS_IT_WAS))
        brakes = list(page_brakes(plan, snapshot))
        if brakes and not confirmed:
            writer.results.held.append(Held(plan.title, "tidying", brakes[0]))
            return
        if not plan.changes:
            return
        verdict = writer.keeps_out(fresh)
        if not verdict.allowed or not fresh.can_edit:
            reason = verdict.why or "the page is protected: give the bot the right, or tidy it by hand"
            writer.results.held.append(Held(plan.title, "tidying", reason))
            return
        outcome = save_noted(writer, fresh, plan.text, plan.summary(writer.event.pages.about))
        if isinstance(outcome, Saved):
            size = len(plan.text) - len(fresh.text or "")
            writer.results.written.append(Written(plan.title, "tidied", outcome.revid, size, outcome.merged))
            if not outcome.merged:
                saved = replace(fresh, revid=outcome.revid, text=plan.text, user=writer.wiki.bot)
                writer.pages[plan.title] = saved
            return
        if isinstance(outcome, Unchanged):
            return
        if isinstance(outcome, Refused):
            writer.results.held.append(Held(plan.title, "tidying", f"{outcome.why} ({outcome.code})"))
            return
        if isinstance(outcome, Unknown):
            # Tidying the page as it is then is the same whether the save landed or not: leave it to the next tick.
            writer.results.failed.append(f"[[{plan.title}]]: no answer to the save ({outcome.why})")
            return
        assert isinstance(outcome, Conflict)  # noqa: S101 -- the last of the five outcomes
        why = outcome.why
    writer.results.held.append(Held(plan.title, "tidying", f"people are editing it just now ({why})"))


def save_noted(
    writer: Writer,
    page: PageText,
    text: str,
    summary: str,
    *,
    minor: bool = True,
    noted: Callable[[], None] = lambda: None,
) -> Outcome:
    """The outcome of the one save; the ledger learns which lines were changed, or that it does not know.

    Killed between save and note, or without an answer, the next look finds them out from the bot's contributions, and
    with them what `noted` would note after a save.
    """
    known = own_edits_known(writer.event)
    before = writer.ledger.fact(known)
    writer.ledger.remember_fact(known, None)
    outcome = writer.wiki.save(page, text, summary, minor=minor)
    if isinstance(outcome, Saved):
        rules = rules_named(summary)
        writer.ledger.remember_edits(
            page.title, traces(page.title, page.text or "", text, writer.event, rules)
        )
        noted()
    if not isinstance(outcome, Unknown):
        writer.ledger.remember_fact(known, before)
    return outcome
