"""Several clients at once: the development server keeps every edit, and its stream has no gap."""

from concurrent.futures import ThreadPoolExecutor

from callboard.phabricator import Conduit

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
