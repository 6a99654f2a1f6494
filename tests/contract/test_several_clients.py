"""Several clients at once: the development server keeps every edit, and its stream has no gap."""

import time
from concurrent.futures import ThreadPoolExecutor

from callboard.phabricator import Conduit

from .differences import alike, visible
from .histories import SETTINGS, Play, history
from .stage import new_server

WRITERS, EDITS = 6, 15


def test_every_edit_is_kept_once_and_in_the_stream() -> None:
    with new_server() as server:

        def write(writer: int) -> None:
            with Conduit(server.url, server.token, user_agent="test") as conduit:
                for number in range(EDITS):
                    change = [{"type": "comment", "value": f"{writer}/{number}"}]
                    conduit.call(
                        "maniphest.edit", objectIdentifier=f"T{48 + writer % 4}", transactions=change
                    )

        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, range(WRITERS)))
        rows = [row for row in server.board.transactions if row.id > 3048]
    assert sorted(row.comments[0].text for row in rows) == sorted(
        f"{writer}/{number}" for writer in range(WRITERS) for number in range(EDITS)
    )
    assert [row.id for row in rows] == list(range(3049, 3049 + WRITERS * EDITS))


def test_following_while_several_write_ends_where_reading_anew_does() -> None:
    """Writers comment, move, tag, hide and commit late while a reader polls; whatever came between, nothing is lost."""
    with Play() as play:

        def write(writer: int) -> None:
            for turn in history(900 + writer, polls=12, faults=False):
                for act in turn.acts:
                    with play.board.lock:
                        play.do(act)
                    time.sleep(0.002)  # lets the others in

        reader = play.stage.reader(check_every=1, **SETTINGS)
        memory = reader.poll(None)
        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(write, writer) for writer in range(WRITERS)]
            while not all(each.done() for each in writing):
                memory = reader.poll(memory)
                play.scenario.now += 1
        assert [each.exception() for each in writing] == [None] * WRITERS
        play.wait(10)
        followed, read = visible(reader.poll(memory)), visible(play.stage.reader(**SETTINGS).poll(None))
    assert followed.keys() == read.keys()
    assert [task for task, row in read.items() if not alike(followed[task], row)] == []
