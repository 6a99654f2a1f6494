"""Schedule pages for the benchmarks: cells as people write them, no two alike, and another page for each number."""

from collections.abc import Callable
from datetime import date, timedelta

from callboard.config import Event, event_from

ROOMS = 8
_FIRST_DAY = date(2027, 5, 22)
_DAYS = 60
EVENT: Event = event_from(
    {
        "event": {
            "title": "Benchmark",
            "zone": "UTC",
            "days": [str(_FIRST_DAY + timedelta(days=number)) for number in range(_DAYS)],
        },
        "room": [{"name": f"Room {number}"} for number in range(1, ROOMS + 1)],
        "pages": {"schedule": ["Benchmark"]},
    },
    slug="benchmark",
    where="benchmark",
)
_WORDS = (
    "maps", "gadgets", "lexemes", "queries", "captions", "patrols", "templates", "sounds", "scans", "archives", "bots",
    "licences", "borders", "rivers", "keyboards", "dictionaries", "robots", "graphs", "atlases", "recipes", "songs",
)  # fmt: skip
NAMES = ("Ada", "Bo", "Cyd", "Dot", "Müller", "Пример", "Ejemplo", "例子", "Quill", "Örnek")


def _title(key: int) -> str:
    one, two = _WORDS[key % 21], _WORDS[key // 21 % 21]
    return f"What {one} can learn from {two}, part {key}"


def _user(key: int) -> str:
    return f"{NAMES[key % 10]} {key}"


def _linked(key: int) -> str:
    user = _user(key)
    return (f"[[User:{user}|{user}]]", f"[[User:{user}|{user}]]", f"{{{{u|{user}}}}}", f"[[User:{user}]]")[
        key % 4
    ]


def _task(key: int) -> str:
    return f"T{900000 + key}"


def grid_cell(key: int) -> str:
    """A cell of a grid: title, task, owners, facilitation, in one of ten ways."""
    title, task, owner = _title(key), _task(key), _linked(key)
    helper = f"[[User:{_user(key + 7)}|{_user(key + 7)}]]"
    return (
        f"'''{title}'''<br />{owner}<br />facilitation: {helper}",
        f"{title} ({{{{phab|{task}}}}})<br/>{owner}<br/>facilitation:",
        f"'''{title}''' {{{{phab|{task}}}}}<br>{owner} and [[User:{_user(key + 1)}|{_user(key + 1)}]]<br>facilitation: {helper} (until 19:15)",
        f"[[phab:{task}|[Session] {title}]]<br />{owner}, {_user(key + 3)}<br />facilitation: (your username)",
        f"''free slot {key}''" if key % 3 else f"<!-- {key} is kept free -->",
        f"{title} ([https://phabricator.wikimedia.org/{task} {task}])<br />{owner}",
        f"💡 {title}<br />by {owner} ([https://pad.example.org/{key} pad])<br />facilitation: ?",
        f"'''{title}'''<br />Speaker: {owner}<br /><small>[https://video.example.org/{key} recording]</small>",
        f"'''Workshop:''' {title} https://phabricator.wikimedia.org/{task}<br />{owner} – facilitated by {helper}",
        f"Lunch number {key} in the yard" if key % 2 else f"{title}, with {owner}",
    )[key % 10]


def untidy_grid_cell(key: int) -> str:
    """Every tenth cell has something to tidy: the spelling of a facilitation mark, a bare task."""
    if key % 20 == 0:
        return f"'''{_title(key)}''' {_task(key)}<br />{_linked(key)}<br />facilitation: (your username)"
    if key % 20 == 10:
        return f"'''{_title(key)}''' {{{{phab|{_task(key)}}}}}<br />{_linked(key)}<br />Facilitator : [[User:{_user(key)}|{_user(key)}]] and [[User:{_user(key + 1)}|{_user(key + 1)}]]"
    return f"'''{_title(key)}''' {{{{phab|{_task(key)}}}}}<br />{_linked(key)}<br />facilitation: (your username)"


def _row_cells(key: int, cell: str) -> str:
    first, _, rest = cell.partition("<br")
    owner = _linked(key) if rest else ""
    link = (
        f"{{{{phab|{_task(key)}}}}}",
        f"[[phab:{_task(key)}]]",
        "",
        f"[https://pad.example.org/{key} notes]",
    )[key % 4]
    kind = ("💡", "🛠", "💬", "🎉")[key % 4]
    helper = ("", f"[[User:{_user(key + 7)}|{_user(key + 7)}]]", _user(key + 9))[key % 3]
    return f"{kind} || {first} || Room {key % ROOMS + 1} || {owner} || {helper} || {link}"


def _days(rows: int, each: int) -> list[tuple[str, range]]:
    """The heading of each day and the numbers of its rows."""
    firsts = range(0, rows, each)
    return [
        (
            f"{_FIRST_DAY + timedelta(days=number % _DAYS):%A, %-d %B %Y}",
            range(first, min(first + each, rows)),
        )
        for number, first in enumerate(firsts)
    ]


def _quarters(
    sessions: int, page: int, item: Callable[[int, str], str], head: str = "", foot: str = ""
) -> str:
    """An item for each session, by its key and its time of a quarter of an hour; a heading, a head and a foot for each day."""
    out: list[str] = []
    for heading, numbers in _days(sessions, 60):
        out.append(f"\n== {heading} ==\n{head}")
        for at, number in enumerate(numbers):
            time = f"{8 + at // 4:02}:{at % 4 * 15:02}–{8 + at // 4:02}:{at % 4 * 15 + 10:02}"
            out.append(item(page * 10_000 + number, time))
        out.append(foot)
    return "".join(out)


def rows(sessions: int, page: int, cell: Callable[[int], str] = grid_cell) -> str:
    """A row per session, a quarter of an hour each, a table a day."""
    heads = "! Time !! Type !! Session !! Room !! Speaker !! Facilitator !! Task\n"

    def row(key: int, time: str) -> str:
        return f"|-\n| {time} || {_row_cells(key, cell(key))}\n"

    return _quarters(sessions, page, row, f'{{| class="wikitable"\n{heads}', "|}\n")


def grid(sessions: int, page: int, cell: Callable[[int], str] = grid_cell) -> str:
    """A row per half an hour, a column per room, a table a day."""
    out: list[str] = []
    for heading, numbers in _days(sessions // ROOMS, 30):
        heads = "".join(f"! Room {room}\n" for room in range(1, ROOMS + 1))
        out.append(f'\n== {heading} ==\n{{| class="wikitable"\n! Time (UTC)\n{heads}')
        for at, number in enumerate(numbers):
            keys = (page * 10_000 + number * ROOMS + column for column in range(ROOMS))
            out.append(
                f"|-\n| {8 + at // 2:02}:{at % 2 * 30:02}\n" + "".join(f"| {cell(key)}\n" for key in keys)
            )
        out.append("|}\n")
    return "".join(out)


def bullets(sessions: int, page: int) -> str:
    """A list per day, a quarter of an hour each; every fifth item has details nested below it."""

    def item(key: int, time: str) -> str:
        linked = f" ([[phab:{_task(key)}]])" if key % 3 else ""
        line = f"* {time} '''{_title(key)}'''{linked}, {_linked(key)} (Room {key % ROOMS + 1})\n"
        details = f"** facilitation: {_linked(key + 7)}\n** bring a laptop and question {key}\n"
        return line if key % 5 else line + details

    return _quarters(sessions, page, item)


def templates(sessions: int, page: int) -> str:
    """Callboard's own template for each session, one below the other, under a heading for each day."""

    def call(key: int, time: str) -> str:
        helper = _linked(key + 7) if key % 3 else ""
        return (
            f"{{{{Callboard/session\n| title = {_title(key)}\n| time = {time}\n| room = Room {key % ROOMS + 1}\n"
            f"| owner = {_linked(key)}\n| facilitator = {helper}\n| task = {_task(key)}\n}}}}\n"
        )

    return _quarters(sessions, page, call)
