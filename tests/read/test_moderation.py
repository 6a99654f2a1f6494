"""Who leads a session that others hold, and the event's own word for facilitation."""

import pytest

from callboard.model import Session
from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import event

DAY = "== 15 May 2026 ==\n"
BOTS = "'''Bots'''<br>[[User:Ada|Ada]]<br>"
DUTCH = {"facilitation": "Begeleiding:", "placeholder": "''(jouw naam)''"}


def session(cell: str, wording: dict[str, str] | None = None) -> Session:
    """What a cell of a grid is read as."""
    text = f"{DAY}{{|\n! Time !! Attic !! Cellar\n|-\n| 10:00–11:00\n| {cell}\n| free slot\n|}}\n"
    days = event(["2026-05-15"], "UTC", ["Attic", "Cellar"], wording=wording or {})
    read = read_schedule(text, days, "Schedule")
    assert [problem.code for problem in read.problems] == []
    (found,) = read.sessions
    return found


def who(found: Session) -> tuple[str, list[str], list[str] | str | None]:
    """Title, owners and facilitators; "open" where somebody is waited for."""
    mark = found.facilitation
    led = None if mark is None else "open" if mark.open else [person.name for person in mark.people]
    return found.title, [person.name for person in found.owners], led


@pytest.mark.parametrize(
    "label",
    [
        "Moderation:", "Moderator:", "Moderatorin:", "Moderated by", "Moderiert von", "Chair:", "Chaired by:", "Modera:", "Moderador:", "Moderadora:",
        "Moderador(a):", "Begeleiding:", "Gespreksleider:", "Animation :", "Animé par", "''Moderation'':", "* Moderation:", "Moderation:<br>",
    ],
)  # fmt: skip
def test_who_leads_below_an_owner_facilitates(label: str) -> None:
    label = f"\n{label}" if label.startswith("*") else label
    assert who(session(f"{BOTS}{label} [[User:Bo|Bo]]")) == ("Bots", ["Ada"], ["Bo"])
    assert who(session(f"{BOTS}<small>{label} [[User:Bo|Bo]]</small>"))[1] == ["Ada"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (BOTS + "Moderation: [[User:Bo]], Testuser Quill", ("Bots", ["Ada"], ["Bo", "Testuser Quill"])),
        (BOTS + "Moderation:", ("Bots", ["Ada"], "open")),
        (BOTS + "Moderation: (your username)", ("Bots", ["Ada"], "open")),
        (BOTS + "facilitation: (your username)<br>Moderation: [[User:Bo]]", ("Bots", ["Ada"], "open")),
        (BOTS + "facilitation: [[User:Cyd]]<br>Moderation: [[User:Bo]]", ("Bots", ["Ada"], ["Cyd"])),
        (BOTS + "Note taker: [[User:Bo]]", ("Bots", ["Ada"], None)),
        # who leads it and nobody else holds it; those with whom a panel is held
        ("'''Bots'''<br>Moderation: [[User:Bo]]", ("Bots", ["Bo"], None)),
        ("'''Bots'''<br>Moderator: [[User:Bo]]<br>Panelists: [[User:Ada]]", ("Bots", ["Bo", "Ada"], None)),
        ("'''Bots'''<br>notes: [[User:Ada]]<br>Moderation: [[User:Bo]]", ("Bots", ["Bo"], None)),
        # no label
        (BOTS + "Moderation: how to", ("Bots", ["Ada"], None)),
        (BOTS + "Moderation on small wikis", ("Bots", ["Ada"], None)),
        ("'''Moderation: how to'''<br>[[User:Ada]]", ("Moderation: how to", ["Ada"], None)),
        (BOTS + "Host: [[User:Bo]]", ("Bots", ["Ada", "Bo"], None)),
    ],
)  # fmt: skip
def test_who_leads_a_session(cell: str, expected: tuple[str, list[str], list[str] | str | None]) -> None:
    assert who(session(cell)) == expected


@pytest.mark.parametrize("label", ["Moderation:", "Begeleiding:", "Modera:", "Animation :", "Saalregie:"])
def test_events_own_word_is_read(label: str) -> None:
    own = {"facilitation": label}
    assert who(session(f"{BOTS}{label} [[User:Bo|Bo]]", own)) == ("Bots", ["Ada"], ["Bo"])
    assert who(session(f"'''Bots'''<br>{label} [[User:Bo]]", own)) == ("Bots", [], ["Bo"])
    assert who(session(f"{BOTS}{label} (your username)", own)) == ("Bots", ["Ada"], "open")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (BOTS + "Begeleiding: ''(jouw naam)''", ("Bots", ["Ada"], "open")),
        (BOTS + "'''Begeleiding:''' ''(jouw naam)''", ("Bots", ["Ada"], "open")),
        (BOTS + "facilitation: (jouw naam)", ("Bots", ["Ada"], "open")),
        (BOTS + "<small>begeleiding: [[User:Bo]]</small>", ("Bots", ["Ada"], ["Bo"])),
        ("'''Bots''' – [[User:Ada]] – begeleiding: [[User:Bo]]", ("Bots", ["Ada"], ["Bo"])),
        ("Bots – [[User:Ada]]. Begeleiding: [[User:Bo]]", ("Bots", ["Ada"], ["Bo"])),
        ("Begeleiding: hoe doe je dat?<br>[[User:Ada]]", ("Begeleiding: hoe doe je dat?", ["Ada"], None)),
        ("'''Begeleiding: Beste Ideeën'''<br>[[User:Ada]]", ("Begeleiding: Beste Ideeën", ["Ada"], None)),
        ("Goede begeleiding: vijf tips, [[User:Ada]]", ("Goede begeleiding: vijf tips", ["Ada"], None)),
    ],
)  # fmt: skip
def test_events_own_words(cell: str, expected: tuple[str, list[str], list[str] | str | None]) -> None:
    assert who(session(cell, DUTCH)) == expected


def test_events_own_words_say_that_a_slot_is_free() -> None:
    days = event(["2026-05-15"], "UTC", ["Attic"], wording=DUTCH)
    text = f"{DAY}{{|\n! Time !! Attic\n|-\n| 10:00–11:00 || Begeleiding: ''(jouw naam)''\n|-\n| 11:00–12:00 || Bots\n|}}\n"
    read = read_schedule(text, days, "Schedule")
    assert ([one.title for one in read.sessions], len(read.free_slots)) == (["Bots"], 1)


def test_same_cell_is_read_by_the_words_of_each_event() -> None:
    cell = "'''Bots'''<br>Saalregie: [[User:Bo|Bo]]"
    own = {"facilitation": "Saalregie:"}
    assert [who(session(cell, wording)) for wording in (None, own, None)] == [
        ("Bots", ["Bo"], None),
        ("Bots", [], ["Bo"]),
        ("Bots", ["Bo"], None),
    ]


@pytest.mark.parametrize(
    "column", ["[[User:Ada]]<br>Moderation: [[User:Bo]]", "[[User:Ada]]<br>Saalregie: [[User:Bo]]"]
)
def test_who_leads_in_the_column_of_speakers(column: str) -> None:
    days = event(["2026-05-15"], "UTC", ["Attic"], wording={"facilitation": "Saalregie:"})
    text = f"{DAY}{{|\n! Time !! Session !! Speaker !! Room\n|-\n| 10:00–11:00 || Bots || {column} || Attic\n|}}\n"
    assert [who(one) for one in read_schedule(text, days, "Schedule").sessions] == [("Bots", ["Ada"], ["Bo"])]


@pytest.mark.parametrize("label", ["Moderation", "Saalregie"])
def test_who_leads_below_an_item(label: str) -> None:
    days = event(["2026-05-15"], "UTC", ["Attic"], wording={"facilitation": "Saalregie:"})
    text = f"{DAY}* 10:00–11:00 Bots (Attic) – [[User:Ada]]\n** {label}: [[User:Bo]]\n* 11:00–12:00 Lua (Attic)\n"
    assert [who(one) for one in read_schedule(text, days, "Schedule").sessions] == [
        ("Bots", ["Ada"], ["Bo"]),
        ("Lua", [], None),
    ]
