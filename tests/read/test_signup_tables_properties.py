"""Random sign-up tables with known truth come back exactly: every person, role, room, state and hour, and nobody else."""

from hypothesis import given
from hypothesis import strategies as st

from callboard.model import SignUp
from callboard.read.signups import read_signups
from tests.read.schedule_truth import event
from tests.read.signup_truth import hours

EVENT = event(["2026-05-15", "2026-05-16"], "UTC", ["Hall", "Yard"])
NAMES = st.sampled_from(
    ("Ada", "Testuser Bo", "Örnek", "O'Example", "例子", "Müller-Beispiel", "Example (WMXX)", "Cyd 2")
)
LINKS = st.sampled_from(
    ("[[User:{0}|{0}]]", "[[User:{0}]]", "{{{{u|{0}}}}}", "[[Benutzerin:{0}|x]]", "'''[[User:{0}]]'''")
)
SIGNED = st.sampled_from(("", "", " ([[User talk:{0}|talk]]) 20:15, 2 May 2026 (UTC)"))
BETWEEN = st.sampled_from((", ", "<br>", " & ", "; ", " and ", "<br />\n", " / "))
EMPTY = st.sampled_from(
    ("", "–", "?", "needed", "'''closed'''", "[??] Empty", "<!-- free -->", "(your username)", "open")
)
HEADS = ("Hall", "Yard", "Lobby", "Chat watch")
Person = tuple[
    str, str, str, str
]  # source, name, state, what is known of the slot's hours: "all", "half" or "?"


@st.composite
def people(draw: st.DrawFn) -> Person:
    name = draw(NAMES)
    link = draw(LINKS).format(name) + draw(SIGNED).format(name)
    mark, state, known = draw(
        st.sampled_from(
            (
                ("", "yes", "all"),
                ("?", "maybe", "all"),
                (" (maybe)", "maybe", "all"),
                (" (I may be late)", "yes", "all"),
                (" (only until {half})", "yes", "half"),
                (" (first half)", "yes", "?"),
                (" + 2", "yes", "all"),
            )
        )
    )
    return f"{link}{mark}", name, state, known


@st.composite
def cells(draw: st.DrawFn) -> tuple[str, list[Person]]:
    found = draw(st.lists(people(), max_size=3, unique_by=lambda one: one[1]))
    if not found:
        return draw(EMPTY), []
    between = draw(BETWEEN)
    return between.join(one[0] for one in found), found


def told(entry: SignUp) -> tuple[str | None, str | None, str | None, str, str]:
    return entry.user, entry.role, entry.room, entry.coming.value, hours(entry)


def expected(
    person: Person, head: str, day: int, hour: int
) -> tuple[str | None, str | None, str | None, str, str]:
    _, name, state, known = person
    end = f"{hour + 2:02}:00" if known == "all" else f"{hour + 1:02}:00"
    when = "?" if known == "?" else f"{day}T{hour:02}:00-{day}T{end}!"
    room = head if head in {"Hall", "Yard"} else None
    return name, None if room else head, room, state, when


GRIDS = st.lists(st.lists(cells(), min_size=len(HEADS), max_size=len(HEADS)), min_size=1, max_size=4).filter(
    lambda rows: any(named for row in rows for _, named in row)
)


@given(GRIDS, st.booleans(), st.booleans())
def test_grids_come_back_exactly(
    rows: list[list[tuple[str, list[Person]]]], turned: bool, one_line: bool
) -> None:
    slots = [8 + 2 * number for number in range(len(rows))]
    sources = [
        [source.replace("{half}", f"{hour + 1}:00") for source, _ in row]
        for hour, row in zip(slots, rows, strict=True)
    ]
    times = [f"{hour:02}:00 – {hour + 2:02}:00" for hour in slots]
    turned = turned and len(rows) > 1
    if turned:
        table = [
            ["Where", *times],
            *([head, *column] for head, column in zip(HEADS, zip(*sources, strict=True), strict=True)),
        ]
    else:
        table = [["Time (UTC)", *HEADS], *([time, *row] for time, row in zip(times, sources, strict=True))]
    glue = "\n| " if not one_line or any("\n" in cell for row in table for cell in row) else " || "
    lines = ["! " + "\n! ".join(table[0]), *(f"| {glue.join(row)}" for row in table[1:])]
    text = "== Saturday, 16 May ==\n{| class=wikitable\n" + "\n|-\n".join(lines) + "\n|}\n"
    wanted = [
        expected(person, head, 16, hour)
        for hour, row in zip(slots, rows, strict=True)
        for head, (_, named) in zip(HEADS, row, strict=True)
        for person in named
    ]
    found = read_signups(text, EVENT, "Page", exists=lambda _: False)
    assert sorted(map(str, map(told, found.entries))) == sorted(map(str, wanted))
    assert found.problems == ()
