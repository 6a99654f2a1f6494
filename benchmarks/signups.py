"""What reading and tidying a sign-up page costs, against one mwparserfromhell.parse of the same text.

No two entries of the pages are alike.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from rich.console import Console
from rich.table import Table

from benchmarks.growth import COLUMNS, Job, add_rows
from benchmarks.schedules import EVENT, NAMES
from callboard.model import Account
from callboard.rules import SIGNUPS
from callboard.snapshot import Snapshot
from callboard.tidy import tidy

SIZES = (100, 1000, 10_000)
RUNS = 5
_PAGE = "Benchmark"


def _link(user: str, key: int) -> str:
    return (f"[[User:{user}|{user}]]", f"[[User:{user}]]", f"{{{{u|{user}}}}}")[key % 3]


def _talk(user: str, key: int) -> str:
    return f" ([[User talk:{user}|talk]]) {key % 24:02}:{key % 60:02}, {key % 28 + 1} May 2027 (UTC)"


def helper(user: str, key: int) -> str:
    """An entry with hours, in one of ten ways."""
    day, begin = 22 + key % 7, key % 12
    return (
        f"* {_link(user, key)} ({begin:02}:00–{begin + 3}:30 UTC on {day} May)",
        f"* {_link(user, key)} – {day} May {begin}:{key % 60:02}-{begin + 2}:45 UTC",
        f"* {_link(user, key)}, note {key}",
        f"* {_link(user, key)} ({day} May, {begin}:{key % 60:02} to {begin + 4}:00 UTC)",
        f"* {_link(user, key)} (I can help for {key} minutes)\n** thanks! [[User:ExampleAda|ExampleAda]] {_talk('ExampleAda', key)}",
        f"* I know room {key} well --{_link(user, 0)}{_talk(user, key)}"
        if key % 100 == 5
        else f"* {_link(user, 0)}",
        f"* {_link(user, key)} any time after {begin}:{key % 60:02} UTC on {day} May",
        f'* <span style="color:#{key:06}">{_link(user, key)}</span> all of {day} May',
        f"* {_link(user, 2)} – Sunday afternoon, task T{key}",
        f"* {_link(user, key)}, evenings {key}",
    )[key % 10]


def untidy_helper(user: str, key: int) -> str:
    """Every tenth entry has something to tidy: a bare name, no blank after the bullet, a signature."""
    if key % 10:
        return helper(user, key)
    return (
        f"* {user} (Saturday)",
        f"*{_link(user, key)}",
        f"* {_link(user, 0)}{_talk(user, key)}",
    )[key // 10 % 3]


def participant(user: str, key: int) -> str:
    """A signature, now and then with a remark."""
    remark = f" topic {key}" if key % 4 == 0 else ""
    return f"#{remark} {_link(user, 0)}{_talk(user, key)}"


def page(size: int, number: int, line: Callable[[str, int], str]) -> str:
    """A page of so many entries under roles of forty; another page for each number."""
    lines: list[str] = []
    for key in range(number * 1_000_000, number * 1_000_000 + size):
        if key % 40 == 0:
            lines += ["", f"; Role {key}", ": Sign up here with your name."]
        lines.append(line(f"{NAMES[key % 10]} {key}", key))
    return "\n".join(lines)


def _known(text: str) -> Snapshot:
    """What is known when the page is tidied: every name is an account. The page is not read here, so nothing is remembered."""
    names = {f"{name} {key}" for name, key in re.findall(r"(\w+) (\d+)", text)}
    accounts = {name: Account(name, exists=True) for name in names}
    return Snapshot(EVENT, datetime(2027, 5, 1, tzinfo=UTC), accounts=accounts)


def _job(text: str) -> Job:
    known = _known(text)
    return lambda: len(tidy(text, _PAGE, SIGNUPS, known).applied)


def main() -> None:
    """Print the table."""
    table = Table("page", "entries", "bytes", "read + tidy, ms", *COLUMNS)
    for name, line in {
        "helpers": helper,
        "helpers, a tenth untidy": untidy_helper,
        "participants": participant,
    }.items():
        add_rows(table, name, partial(page, line=line), _job, sizes=SIZES, runs=RUNS)
    Console().print(table)
