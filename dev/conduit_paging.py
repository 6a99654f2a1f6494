"""Pages and cursors of `*.search` calls, cut as Phorge's cursor pager cuts them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from dev.conduit_encoding import Call, ConduitFault, core_fault


class Numbered(Protocol):
    """A row with the id that cursors name."""

    id: int


Row = TypeVar("Row", bound=Numbered)
Key = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, the next cursor and the previous one."""

    rows: list[Row]
    after: str | None
    before: str | None


def cut(
    rows: Sequence[Row], key: Callable[[Row], Key], *, after: Row | None, before: Row | None, limit: int
) -> Page[Row]:
    """The page after one row or just before another; `rows` stand in the order of `key`.

    `before` gives the rows nearest to it, in display order. With both, `after` chooses and `before` drops the first
    row if there are more (recording 126).
    """
    if after is not None:
        window = [row for row in rows if key(row) > key(after)][: limit + 1]
    elif before is not None:
        window = [row for row in rows if key(row) < key(before)][-(limit + 1) :]
    else:
        window = list(rows[: limit + 1])
    more = len(window) > limit
    if more:
        window = window[-limit:] if before is not None else window[:limit]
    next_page = bool(window) and (before is not None or more)
    previous_page = bool(window) and (after is not None or (before is not None and more))
    return Page(
        window, str(window[-1].id) if next_page else None, str(window[0].id) if previous_page else None
    )


def cursors(call: Call) -> tuple[str, str]:
    """`after` and `before` as sent; empty for "not sent", 0 and null (recording 125)."""
    texts = [str(call.params.get(name) or "") for name in ("after", "before")]
    return ("" if texts[0] == "0" else texts[0], "" if texts[1] == "0" else texts[1])


def search_limit(call: Call) -> tuple[int, object]:
    """Rows a page (1 to 100) and the limit as the cursor repeats it: a string if it came by form, except "1"."""
    sent = call.params.get("limit")
    if sent is None:
        return 100, 100
    limit = _number(sent)
    if limit > 100:
        raise _page_size(
            f"Maximum page size for Conduit API method calls is 100, but this call specified {limit}."
        )
    if limit < 1:
        raise _page_size(
            f"Minimum page size for Conduit API method calls is 1, but this call specified {limit}."
        )
    return limit, 1 if limit == 1 else sent


def clamped_limit(call: Call) -> tuple[int, object]:
    """The limit of transaction.search, silently brought into 1 to 1000."""
    sent = call.params.get("limit")
    if sent is None:
        return 100, 100
    limit = max(1, min(1000, _number(sent)))
    return limit, sent if str(sent) == str(limit) and limit not in (1, 1000) else limit


def _number(sent: object) -> int:
    try:
        return int(str(sent))
    except ValueError:
        raise core_fault('Error while reading "limit": Expected integer, got something else.') from None


def _page_size(info: str) -> ConduitFault:
    return ConduitFault("ERR-INVALID-PAGE-SIZE", info)


def invalid_cursor(cursor: str, query: str) -> ConduitFault:
    """The refusal of a cursor that names nothing."""
    return core_fault(f'Cursor "{cursor}" does not identify a valid object in query "{query}".')
