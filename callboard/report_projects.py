"""The projects of the board on a page of their own: what people can join, who asks for help, and how far it is."""

from collections.abc import Iterator

from callboard.board_facts import number_of
from callboard.model import Proposal
from callboard.plan import Plan
from callboard.report_tasks import CAPTION, LONGEST, LONGEST_NAME, WIDE, owners, task_link, text, title_of

MOST = 500


def projects(plan: Plan) -> list[Proposal]:
    """The projects that the board shows: those that are open first, in both by number."""
    found = [one for one in (plan.snapshot.proposals or {}).values() if one.kind == "project" and one.visible]
    return sorted(found, key=lambda one: (one.closed, number_of(one.task)))


def wanted(project: Proposal) -> str:
    """What help it asks for, as its description says; empty if it asks for none."""
    said = project.fields.get("help", "").strip()
    return "" if said.casefold().rstrip(".!") in {"no", "none", "nobody", "-", "–", "n/a"} else said


def projects_told(plan: Plan) -> Iterator[str]:
    """The list; nothing for an event without a board, or if it was never read."""
    if not plan.snapshot.event.board or plan.snapshot.proposals is None:
        return
    found = projects(plan)
    yield f"== Projects ({len(found)}) =="
    if not found:
        yield "None on the board."
        return
    asks = sum(bool(wanted(one)) and not one.closed for one in found)
    if asks:
        yield f"Help wanted: {asks} of {len(found)}. To join one, say so on its task."
    yield WIDE.format(label="Projects")
    yield '{| class="wikitable sortable" style="width:100%;overflow-wrap:anywhere"'
    yield f"{CAPTION}Projects on the board"
    yield (
        '! scope="col" style="min-width:5em" | Task !! scope="col" style="min-width:14em" | Project'
        ' !! scope="col" style="min-width:8em" | Owner !! scope="col" style="min-width:10em" | Help wanted'
        ' !! scope="col" style="min-width:6em" | Status'
    )
    for one in found[:MOST]:
        yield "|-"
        yield f"| {' || '.join(_cells(one))}"
    yield "|}"
    yield "</div>"
    if len(found) > MOST:
        yield f"{MOST} of {len(found)} are listed."


def _cells(one: Proposal) -> Iterator[str]:
    yield f'data-sort-value="{number_of(one.task)}" | {task_link(one)}'
    yield title_of(one)
    yield owners(one) or "–"
    yield text(wanted(one), LONGEST)
    column = f"<br /><small>{text(one.column, LONGEST_NAME)}</small>" if one.column else ""
    yield f"{text(one.status, LONGEST_NAME)}{column}"
