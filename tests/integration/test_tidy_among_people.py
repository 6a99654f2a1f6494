"""A tidy run over 300 sessions while people edit the same pages: nothing of theirs is lost, one save a page and tick."""

import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callboard.app import App
from callboard.clock import Clock
from callboard.config import Event, event_from
from callboard.ledger import Ledger
from dev.devwiki import DevWiki
from dev.wiki_accounts import BOT, ORGANISER, PEOPLE
from dev.wiki_person import Person
from tests.integration.gateway import gateway_to

DAYS = ("2027-05-21", "2027-05-22", "2027-05-23")
ROOMS = ("Main hall", "Hacking room 1", "Hacking room 2", "Library", "Attic")
ROWS = 20  # half hours of a day
EDITS = 60
NOW = datetime(2027, 5, 1, tzinfo=UTC)
TITLES = tuple(f"Crowd/Schedule/{number}" for number in range(1, len(DAYS) + 1))
EVENT: Event = event_from(
    {
        "event": {"title": "Crowd", "zone": "UTC", "days": list(DAYS), "organisers": [ORGANISER]},
        "room": [{"name": room} for room in ROOMS],
        "pages": {"site": "callboard", "schedule": list(TITLES)},
        "wording": {"facilitation": "facilitation:", "placeholder": "(your username)"},
    },
    slug="crowd",
    where="test",
)


def page(day: int) -> str:
    """One day: a grid of 100 sessions, of which every fourth has something to tidy."""
    rows = []
    for row in range(ROWS):
        start = 9 * 60 + row * 30
        cells = []
        for column in range(len(ROOMS)):
            number = (day * ROWS + row) * len(ROOMS) + column
            mark = "Facilitation : (your username)" if number % 4 == 0 else "facilitation: (your username)"
            owner = PEOPLE[number % len(PEOPLE)]
            cells.append(f"| '''Session {number:03}'''<br />[[User:{owner}|{owner}]]<br />{mark}\n")
        rows.append(f"|-\n| {start // 60:02}:{start % 60:02}\n{''.join(cells)}")
    return f'== {DAYS[day]} ==\n{{| class="wikitable"\n! Time (UTC) !! {" !! ".join(ROOMS)}\n{"".join(rows)}|}}\n'


def add_word(person: Person, title: str, session: int, word: str) -> None:
    """A word behind the title of one session."""
    person.replace(title, f"Session {session:03}'''", f"Session {session:03}''' {word}")


@pytest.mark.timeout(420)
def test_no_edit_of_people_is_lost_and_one_save_a_page_and_tick(wiki: DevWiki, tmp_path: Path) -> None:
    with wiki.person(ORGANISER) as ada:
        for day, title in enumerate(TITLES):
            ada.edit(title, page(day))
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'crowd.sqlite'}")
    app = App(EVENT, gateway_to(wiki), None, ledger, Clock(NOW - datetime.now(UTC)))
    words = {number: f"word{number:02}" for number in range(EDITS)}
    wrong: list[Exception] = []

    def people() -> None:
        try:
            with wiki.person(PEOPLE[0]) as one, wiki.person(PEOPLE[1]) as other:
                for number, word in words.items():
                    session = number * 5  # all over the three pages
                    add_word((one, other)[number % 2], TITLES[session // 100], session, word)
        except Exception as error:  # noqa: BLE001 -- told to the test, which fails
            wrong.append(error)

    crowd = threading.Thread(target=people)
    crowd.start()
    ticks = 0
    while crowd.is_alive() or ticks == 0:
        saves = Counter(written.page for written in app.tick(apply=True, confirmed=True).results.written)
        assert [title for title, count in saves.items() if count > 1] == []
        ticks += 1
    crowd.join()
    assert wrong == []
    app.tick(apply=True, confirmed=True)  # what people hindered until their last edit
    last = app.tick(apply=True, confirmed=True)
    ledger.close()
    assert (last.plan.empty, last.results.written) == (True, [])
    texts = {title: wiki.person(ORGANISER).text(title) or "" for title in TITLES}
    standing = {
        number: word
        for number, word in words.items()
        if sum(f"''' {word}<br" in t for t in texts.values()) == 1
    }
    assert standing == words
    assert [text.count("Facilitation :") for text in texts.values()] == [0, 0, 0]
    assert [text.count("facilitation: (your username)") for text in texts.values()] == [100, 100, 100]
    by_bot = [sum(edit["user"] == BOT for edit in wiki.person(ORGANISER).history(title)) for title in TITLES]
    assert all(1 <= edits <= ticks + 1 for edits in by_bot)
