"""How the demo ends: the promises are put to the test, and all is counted."""

from collections import Counter
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape as shown
from rich.table import Table

from callboard.errors import Stopped
from dev.demo_count import (
    BotEdit,
    Spent,
    bot_edits,
    by_page,
    by_person,
    linked_by_bot,
    notices_posted,
    spent,
    start_counting,
)
from dev.demo_people import SCHEDULE, People
from dev.demo_stage import Stage

MOST_WIKI_REQUESTS = 3  # of a tick that finds nothing to do
MOST_BOARD_REQUESTS = 1


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that Callboard promises, whether it held here, and what was counted."""

    says: str
    kept: bool
    counted: str


def promises(stage: Stage, people: People) -> list[Promise]:
    """Every promise, put to the test now."""
    return [
        _idle(stage),
        _off_switch(stage, people),
        _without_ledger(stage),
        _once(stage),
        _nobody_lost(people),
        _acknowledged_only(stage),
    ]


def _idle(stage: Stage) -> Promise:
    edits = len(bot_edits(stage))
    start_counting(stage)
    stage.tick()
    used = spent(stage)
    made = len(bot_edits(stage)) - edits
    kept = made == 0 and used.wiki <= MOST_WIKI_REQUESTS and used.board <= MOST_BOARD_REQUESTS
    counted = f"{made} edits, {used.wiki} wiki requests, {used.board} Conduit requests"
    return Promise("One more tick does nothing", kept, counted)


def _off_switch(stage: Stage, people: People) -> Promise:
    edits = len(bot_edits(stage))
    people.switch("Wait, please. Something looks odd to me.")
    try:
        stage.tick()
        said = "the tick went on"
    except Stopped as stop:
        said = f"the tick ended: {stop}"
    made = len(bot_edits(stage)) - edits
    people.switch("go")
    return Promise("Any editor can stop the bot", said.startswith("the tick ended") and made == 0, said)


def _without_ledger(stage: Stage) -> Promise:
    before, edits = notices_posted(stage), len(bot_edits(stage))
    stage.lose_ledger()
    stage.tick(confirmed=True)
    after = notices_posted(stage)
    made = Counter(edit.page for edit in bot_edits(stage)[edits:])
    told = ", ".join(f"{number} of {page}" for page, number in made.items()) or "none"
    counted = f"{len(before)} notices before, {len(after)} after; edits meanwhile: {told}"
    return Promise("With the database deleted, nothing is posted again", before == after, counted)


def _once(stage: Stage) -> Promise:
    keys = Counter(notice.key for notice in notices_posted(stage))
    counted = f"{keys.total()} notices, {len(keys)} different ones"
    return Promise("Nobody is told the same thing twice", keys.total() == len(keys), counted)


def _nobody_lost(people: People) -> Promise:
    lost = people.lost()
    gone = "".join(f"; {wrote.person} on {wrote.page}: {wrote.words!r}" for wrote in lost)
    counted = f"{len(people.wrote)} edits by people, {len(lost)} lost{gone}"
    return Promise("No person's edit is lost or undone", not lost, counted)


def _acknowledged_only(stage: Stage) -> Promise:
    proposals = stage.app.plan(without_notices=True).snapshot.proposals or {}
    linked = linked_by_bot(stage, SCHEDULE)
    wrong = {task for task in linked if task not in proposals or not proposals[task].acknowledged}
    counted = f"{len(linked)} tasks linked by the bot ({', '.join(sorted(linked))}), {len(wrong)} of them not acknowledged"
    return Promise("Only acknowledged tasks are linked", bool(linked) and not wrong, counted)


def show_promises(console: Console, kept: list[Promise]) -> None:
    """One line each, with what was counted."""
    for promise in kept:
        sign = "[green]kept[/]  " if promise.kept else "[bold red]BROKEN[/]"
        console.print(
            f"{sign} {shown(promise.says)}: {shown(promise.counted)}", highlight=False, soft_wrap=True
        )


def show_account(console: Console, stage: Stage, used: Spent, edits: list[BotEdit]) -> None:
    """Pages changed, notices by person, problems found, requests spent."""
    pages = Table("Page", "Edits", "Bytes", title="What the bot wrote", title_justify="left")
    for page, (count, size) in sorted(by_page(edits).items()):
        pages.add_row(shown(page), str(count), f"{size:+d}")
    console.print(pages)
    posted = notices_posted(stage)
    kinds = sorted({notice.kind for notice in posted})
    people = Table("On the talk page of", *kinds, title=f"{len(posted)} notices", title_justify="left")
    for person, counts in by_person(posted).items():
        people.add_row(shown(person), *(str(counts[kind] or "·") for kind in kinds))
    console.print(people)
    found = Counter(str(problem.severity) for problem in stage.app.plan(without_notices=True).problems)
    listed = ", ".join(f"{number} {severity}" for severity, number in found.most_common())
    console.print(f"Problems on the report page: {found.total()} ({listed}).", highlight=False)
    console.print(
        f"Requests for all of the story: {used.wiki} to the wiki for {len(edits)} edits, {used.board} to the board.",
        highlight=False,
        soft_wrap=True,
    )
