"""Heads of tables in other languages, columns of times that no head tells, and tables of titles that are no schedule."""

import pytest

from callboard.read.schedule import read_schedule
from tests.read.schedule_truth import event, in_short

DAYS = ["2026-05-15", "2026-05-16"]
FRIDAY = "== Friday, May 15 ==\n"


def rows(heads: str, *lines: str) -> str:
    body = "".join(f"\n|-\n| {line}" for line in lines)
    return f"{FRIDAY}{{|\n! {heads}{body}\n|}}"


@pytest.mark.parametrize(
    "heads",
    [
        "Uhrzeit !! Thema !! Wer !! Wo", "Zeit !! Beitrag !! Verantwortliche !! Ort", "Horaire !! Titre !! Orateur !! Lieu",
        "Quand !! Quoi !! Qui !! Où", "Horario !! Título !! Responsable !! Lugar", "Hora !! Charla !! Quién !! Dónde",
        "Horário !! Sessão !! Quem !! Onde", "Hora !! Atividade !! Palestrante !! Local", "Orario !! Intervento !! Relatori !! Luogo",
        "Tijd !! Onderwerp !! Spreker !! Zaal", "Tijd !! Wat !! Wie !! Waar", "Godzina !! Tytuł !! Prowadzący !! Miejsce",
        "Godz. !! Temat !! Kto !! Gdzie", "Tid !! Programpunkt !! Talare !! Plats", "När !! Vad !! Vem !! Var",
    ],
)  # fmt: skip
def test_heads_in_eight_languages(heads: str) -> None:
    page = rows(
        heads, "10:00–11:00 || Maps || [[User:Ada|Ada]] || Aula", "11:00–12:00 || Bots || Testuser Bo || Lab"
    )
    assert in_short(read_schedule(page, event(DAYS, "UTC", ["Aula", "Lab"]))) == (
        [
            ("Maps", "15T10:00", "15T11:00", "Aula", "Ada"),
            ("Bots", "15T11:00", "15T12:00", "Lab", "Testuser Bo"),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("heads", "lines", "found"),
    [
        ("Zeitfenster der Bühne !! Titel", ("10:00 || Maps", "11:00 || Bots"), [("Maps", "15T10:00", "15T11:00"), ("Bots", "15T11:00", "")]),
        ("Titel !! Auf der Bühne", ("Maps || 10:00–10:25", "Bots || 10:30–10:55"), [("Maps", "15T10:00", "15T10:25"), ("Bots", "15T10:30", "15T10:55")]),
        ("colspan=2 | When !! What", ("10:00 || 10:25 || Maps", "10:30 || 11:15 || Bots"), [("Maps", "15T10:00", "15T10:25"), ("Bots", "15T10:30", "15T11:15")]),
        ("Time !! Title", ("9<sup>30</sup> – 10<sup>15</sup> || Maps", "das 14h às 15h30 || Bots"), [("Maps", "15T09:30", "15T10:15"), ("Bots", "15T14:00", "15T15:30")]),
    ],
)  # fmt: skip
def test_columns_of_times_are_known_by_their_cells(
    heads: str, lines: tuple[str, ...], found: list[tuple[str, str, str]]
) -> None:
    sessions, problems = in_short(read_schedule(rows(heads, *lines), event(DAYS)))
    assert ([one[:3] for one in sessions], problems) == (found, [])


def test_two_clocks_below_one_head_are_no_start_and_end() -> None:
    page = rows(
        "colspan=2 | Time !! Title",
        "10:00 || 12:00 || Maps",
        "11:00 || 13:00 || Bots",
        "12:00 || 14:00 || Lua",
    )
    assert [one[1:3] for one in in_short(read_schedule(page, event(DAYS)))[0]] == [
        ("15T10:00", "15T11:00"),
        ("15T11:00", "15T12:00"),
        ("15T12:00", ""),
    ]


def test_ends_stand_beside_starts_in_a_grid_too() -> None:
    page = rows(
        "colspan=2 | Time !! Aula !! Lab", "10:00 || 10:25 || Maps || Bots", "10:30 || 10:55 || Lua || Tea"
    )
    sessions, problems = in_short(read_schedule(page, event(DAYS, "UTC", ["Aula", "Lab"])))
    assert ([one[:3] for one in sessions], problems) == (
        [("Maps", "15T10:00", "15T10:25"), ("Bots", "15T10:00", "15T10:25"), ("Lua", "15T10:30", "15T10:55")],
        [],
    )


@pytest.mark.parametrize(
    ("heads", "lines"),
    [
        ("Title !! Proposer !! Length !! Preferred time", ("Maps || [[User:Ada]] || 25 min || Friday 10:00", "Bots || [[User:Bo]] || 55 min || any")),
        ("Session !! Viewers !! Peak at", ("Maps || 120 || 10:35", "Bots || 80 || 11:20")),
        ("Title !! Speaker !! Recording (length)", ("Maps || [[User:Ada]] || 24:10", "Bots || [[User:Bo]] || 55:02")),
        ("Date !! Speaker !! Title !! Recording", ("2 May 2019 || [[User:Ada]] || Maps || 24:10", "3 May 2019 || [[User:Bo]] || Bots || 55:02")),
    ],
)  # fmt: skip
def test_titles_without_times_are_no_schedule(heads: str, lines: tuple[str, ...]) -> None:
    read = read_schedule(rows(heads, *lines), event(DAYS))
    assert (read.sessions, read.free_slots, read.problems) == ((), (), ())


def test_people_are_linked_in_every_language_and_on_other_wikis() -> None:
    page = rows(
        "Tijd !! Wat !! Wie",
        "10:00–11:00 || Maps || [[Gebruikster:Ada|A]], [[m:User:Bo|B]], {{Benutzer|Cyd}}, [[:w:de:Benutzerin:Dot]]",
    )
    assert in_short(read_schedule(page, event(DAYS))) == (
        [("Maps", "15T10:00", "15T11:00", "", "Ada, Bo, Cyd, Dot")],
        [],
    )


@pytest.mark.parametrize(
    ("words", "start", "end", "problems"),
    [
        ("'''Maps'''<br>10:15–10:45<br>[[User:Ada]]", "15T10:15", "15T10:45", []),
        ("Maps<br>starts at 10:15", "15T10:15", "15T11:00", []),
        ("Maps<br>''until 10:45''", "15T10:00", "15T10:45", []),
        ("Maps<br>10:00–11:00", "15T10:00", "15T11:00", []),
        ("Maps<br>25 min", "15T10:00", "15T11:00", []),
        ("Maps<br>Break 10:30–10:45", "15T10:00", "15T11:00", []),
        ("Maps<br>14:00", "15T10:00", "15T11:00", [("time-in-cell", 5, "14:00")]),
        ("Maps<br>10:15<br>Bots<br>10:30", "15T10:00", "15T11:00", [("time-in-cell", 5, "10:15")]),
    ],
)
@pytest.mark.parametrize("heads", ["Time !! Aula !! Lab", "Time !! Title !! Language"])
def test_a_time_on_a_line_of_its_own(
    heads: str, words: str, start: str, end: str, problems: list[tuple[str, int, str]]
) -> None:
    read = read_schedule(rows(heads, f"10:00–11:00 || {words} || –"), event(DAYS, "UTC", ["Aula", "Lab"]))
    sessions, asked = in_short(read)
    assert ([one[:3] for one in sessions], asked) == ([("Maps", start, end)], problems)


@pytest.mark.parametrize("heads", ["Time !! Title", "Time !! Aula"])
@pytest.mark.parametrize("times", [("TBD", "morning"), ("?", "to be announced"), ("Vormittag", "Nachmittag")])
def test_a_table_whose_times_are_all_vague_is_named(heads: str, times: tuple[str, str]) -> None:
    read = read_schedule(
        rows(heads, f"{times[0]} || Maps", f"{times[1]} || Bots"), event(DAYS, "UTC", ["Aula"])
    )
    assert (read.sessions, [one.code for one in read.problems]) == ((), ["layout-unread"])


def test_lengths_with_an_h() -> None:
    page = rows("Start !! Length !! Title", "10:00 || 1h30 || Maps", "12:00 || 1 h || Bots")
    assert [one[1:3] for one in in_short(read_schedule(page, event(DAYS)))[0]] == [
        ("15T10:00", "15T11:30"),
        ("15T12:00", "15T13:00"),
    ]


@pytest.mark.parametrize(
    ("head", "codes"),
    [("Kontaktperson vor Ort", ["column-unread"]), ("Interested", []), ("Note-taker", []), ("Speaker", [])],
)
def test_people_below_a_head_that_is_not_known_are_asked_about(head: str, codes: list[str]) -> None:
    page = rows(
        f"Time !! Title !! {head}",
        "10:00–11:00 || Maps || [[User:Ada]]",
        "11:00–12:00 || Bots || [[User:Bo]]",
    )
    assert [one.code for one in read_schedule(page, event(DAYS)).problems] == codes


def test_people_in_place_of_a_title_make_no_table_of_helpers_beside_speakers() -> None:
    page = rows(
        "Time !! Title !! Speaker",
        "10:00 || Maps || [[User:Ada]]",
        "11:00 || Moderator: [[User:Bo]] || [[User:Bo]]",
    )
    sessions, problems = in_short(read_schedule(page, event(DAYS)))
    assert ([one[0] for one in sessions], [one[0] for one in problems]) == (["Maps", ""], ["title-missing"])
