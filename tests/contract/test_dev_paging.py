"""Pages of the development server while tasks change, as measured on a real one (exp_paging, exp_gap), from random boards."""

from functools import partial
from random import Random
from typing import Any

import pytest

from dev.conduit_board import Board
from dev.conduit_encoding import Call, ConduitFault
from dev.conduit_methods import answer
from dev.conduit_records import Task

from .recorded_board import TOKEN
from .scenario import Scenario

SEEDS = range(25)
ORDERED = {
    "oldest": lambda task: task.id,
    "newest": lambda task: -task.id,
    "updated": lambda task: (-task.modified, -task.id),
    "outdated": lambda task: (task.modified, task.id),
    "priority": lambda task: (-task.priority, -task.id),
}


class Pages:
    """A board of ten to sixty tasks, many changed in the same second, asked without HTTP."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 -- no secret
        self.scenario = Scenario()
        self.board: Board = self.scenario.board
        for number in range(self.chance.randint(10, 60)):
            self.board.create_task(f"Task {number}", "Dorothea", project="session-board")
            self.scenario.now += self.chance.choice((0, 0, 0, 1, 60))
        for task in self.chance.sample(self.board.tasks, 8):
            self.board.comment(task.phid, "elias.w", "hello")
            task.priority = self.chance.choice((90, 80, 50))
            self.scenario.now += self.chance.choice((0, 1))

    def ask(self, method: str, **params: Any) -> Any:
        return answer(self.board, Call(method, params, TOKEN, strict=True))

    def tasks(self, **params: Any) -> Any:
        return self.ask("maniphest.search", constraints={"projects": ["session-board"]}, **params)

    def on_board(self) -> list[Task]:
        phid = self.board.project("session-board").phid
        return [task for task in self.board.tasks if phid in task.projects and task.view != "admin"]

    def stream(self, place: int, limit: int = 1000) -> list[int]:
        rows = self.ask("transaction.search", objectType="TASK", before=str(place), limit=limit)["data"]
        return [row["id"] for row in rows]


@pytest.fixture(params=SEEDS)
def pages(request: pytest.FixtureRequest) -> Pages:
    return Pages(request.param)


@pytest.mark.parametrize("order", ORDERED)
def test_pages_join_in_both_directions_while_nothing_changes(pages: Pages, order: str) -> None:
    expected = [task.id for task in sorted(pages.on_board(), key=ORDERED[order])]
    limit = pages.chance.randint(1, 20)
    found: list[int] = []
    after: str | None = None
    while after is not None or not found:
        page = pages.tasks(order=order, limit=limit, after=after)
        rows, after = [row["id"] for row in page["data"]], page["cursor"]["after"]
        assert len(rows) == min(limit, len(expected) - len(found))
        found += rows
    assert found == expected
    back, before = [found[-1]], str(found[-1])
    while before:
        page = pages.tasks(order=order, limit=limit, before=before)
        back = [row["id"] for row in page["data"]] + back
        before = page["cursor"]["before"]
    assert back == expected


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_pages_by_number_lose_and_repeat_nothing_while_tasks_change(pages: Pages, order: str) -> None:
    """Whatever was on the board all the time is there once: bumped, renamed, or the cursor taken off the project."""
    there = {task.id for task in pages.on_board()}
    found: list[int] = []
    page = pages.tasks(order=order, limit=4)
    while True:
        found += [row["id"] for row in page["data"]]
        after = page["cursor"]["after"]
        if after is None:
            break
        for task in pages.chance.sample(pages.on_board(), 2):
            pages.scenario.now += 1
            pages.board.comment(task.phid, "elias.w", "bump")
        if pages.chance.random() < 0.5:
            pages.board.untag(f"T{after}", "hackadmin", "session-board")
        if pages.chance.random() < 0.5:
            pages.board.create_task("New", "HanaT", project="session-board")
        page = pages.tasks(order=order, limit=4, after=after)
    assert len(found) == len(set(found))
    assert {task.id for task in pages.on_board()} & there <= set(found)


def test_cursor_that_was_hidden_is_refused_and_one_that_left_is_not(pages: Pages) -> None:
    ids = [row["id"] for row in pages.tasks(order="oldest", limit=100)["data"]]
    cursor = pages.chance.choice(ids[:-1])
    pages.board.untag(f"T{cursor}", "hackadmin", "session-board")
    rest = [row["id"] for row in pages.tasks(order="oldest", after=str(cursor))["data"]]
    assert rest == [number for number in ids if number > cursor]
    pages.board.hide(f"T{cursor}", "hackadmin")
    with pytest.raises(ConduitFault, match="Access Denied: Restricted Maniphest Task"):
        pages.tasks(order="oldest", after=str(cursor))


def test_cursor_bumped_in_the_order_of_changes_ends_or_repeats_the_list(pages: Pages) -> None:
    """ "outdated" goes on behind the bumped task, where nothing is; "updated" goes on from the top."""
    first = pages.tasks(order="outdated", limit=5)
    pages.scenario.now += 60
    pages.board.comment(f"T{first['cursor']['after']}", "elias.w", "bump")
    assert pages.tasks(order="outdated", limit=5, after=first["cursor"]["after"])["data"] == []
    first = pages.tasks(order="updated", limit=5)
    pages.scenario.now += 60
    pages.board.comment(f"T{first['cursor']['after']}", "elias.w", "bump")
    second = pages.tasks(order="updated", limit=5, after=first["cursor"]["after"])
    assert [row["id"] for row in second["data"]][:4] == [row["id"] for row in first["data"]][:4]


def test_modified_start_is_inclusive_and_in_seconds(pages: Pages) -> None:
    second = pages.chance.choice(pages.on_board()).modified
    expected = [task.id for task in pages.on_board() if task.modified >= second]
    constraints = {"projects": ["session-board"], "modifiedStart": second}
    rows = pages.ask("maniphest.search", constraints=constraints, order="oldest")["data"]
    assert [row["id"] for row in rows] == expected


def test_stream_read_forward_has_every_row_once_while_others_write(pages: Pages) -> None:
    start = pages.chance.choice(pages.board.transactions).id
    found: list[int] = []
    place = start
    while page := pages.stream(place, limit=pages.chance.randint(1, 9)):
        assert page == sorted(page, reverse=True)
        found += page[::-1]
        place = page[0]
        if pages.chance.random() < 0.2:
            pages.board.comment(pages.chance.choice(pages.board.tasks).phid, "HanaT", "more")
    assert found == sorted(row.id for row in pages.board.transactions if row.id > start)


def test_rows_committed_late_are_missed_from_the_newest_id_and_found_from_an_older_one(pages: Pages) -> None:
    """Two watermarks over three writers whose edits are committed in any order, up to ten seconds after they began."""
    newest = settled = first = max(row.id for row in pages.board.transactions)
    seen: set[int] = set()
    plain: set[int] = set()
    waiting: list[Any] = []
    ids_at = [(pages.scenario.now, first)]
    late = 0
    for _ in range(60):
        task = pages.chance.choice(pages.board.tasks).phid
        begin = partial(pages.board.begin, task, pages.chance.choice(("HanaT", "elias.w", "Dorothea")))
        waiting.append(
            (pages.scenario.now, begin([("comment", "x"), ("title", f"t{pages.chance.random()}")]))
        )
        for entry in list(waiting):
            if pages.chance.random() < 0.5 or pages.scenario.now - entry[0] >= 9:
                late += entry is not waiting[-1]
                waiting.remove(entry)
                entry[1].commit()
        pages.scenario.now += pages.chance.choice((0, 1, 3))
        for _, entry in [each for each in waiting if pages.scenario.now - each[0] > 9]:
            entry.commit()
        page = pages.stream(newest)
        plain.update(page)
        newest = page[0] if page else newest
        seen.update(pages.stream(settled))
        ids_at.append((pages.scenario.now, max({first, *seen})))
        settled = max(number for at, number in ids_at if at <= max(ids_at[0][0], pages.scenario.now - 10))
    for _, entry in waiting:
        entry.commit()
    seen.update(pages.stream(settled))
    plain.update(pages.stream(newest))
    written = {row.id for row in pages.board.transactions if row.id > first}
    assert seen == written
    assert late
    assert plain < written
