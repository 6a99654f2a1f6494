"""What owners are told when people edit the schedule: the grace time, who did it, accidents, and the end of every story."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.app import App
from callboard.clock import Clock
from callboard.config import Event
from callboard.errors import WikiAway
from callboard.model import Account
from callboard.notices.facts import facts_of
from callboard.notices.message import keys_in
from tests.notices.event import session
from tests.promises import FREE, NOW, OWNER, World, event, grid, proposal

KINDS = ("scheduled", "moved", "changed", "cancelled")
EARLY = datetime(2021, 5, 21, 9, tzinfo=UTC)  # the day before: nobody is in a hurry
LINUS, ADA, BO = "Linus Organiser", "Ada Organiser", "Testuser Bo"
TEA = f"'''Bots for tea''' ([[phab:T900001]])<br />[[User:{OWNER}|{OWNER}]]"
BARE = TEA.replace(" ([[phab:T900001]])", "")
MILK = f"'''Bots for milk'''<br />[[User:{BO}|{BO}]]"
COFFEE = MILK.replace("milk", "coffee").replace(BO, ADA)
MINUTE = timedelta(minutes=1)


def of(*kinds: str, **parts: object) -> Event:
    """The event with the kinds for owners, and a grace time of a quarter of an hour."""
    return event(*(kinds or KINDS), **{"delivery": {"per_day": 99}, **parts})


class Quiet(World):
    """Somebody else has made the page long ago, the bot has looked at it, and what was due then was told."""

    def __init__(self, *cells: str, of: Event, ahead: timedelta = timedelta()) -> None:
        super().__init__(FREE, of=of, proposals=[proposal()])
        self.wiki.now = EARLY + ahead
        for name in (LINUS, BO):
            self.wiki.add_user(name)
        self.put(*cells)
        self.later(60)

    def put(self, *cells: str, by: str = LINUS) -> int:
        """Somebody saves the schedule with these cells, from 14:00 on."""
        return self.wiki.edit("Schedule", grid(*cells), user=by)

    def later(self, minutes: int) -> None:
        """Time goes on, and the bot looks."""
        self.wiki.now += minutes * MINUTE
        self.tick()

    def news(self, user: str = OWNER) -> list[str]:
        """Kind and time of what was told, oldest first: `moved 16:00`."""
        talk = f"User talk:{user}"
        made = self.wiki.history(talk)[::-1] if self.wiki.text(talk) is not None else []
        keys = [key.split("/") for edit in made if edit.user == "Callboard" for key in keys_in(edit.summary)]
        return [f"{key[2]} {key[3].split('T')[1].partition('Z')[0]}" for key in keys]


SCHEDULED = "scheduled 14:00"


def stands(ahead: timedelta = timedelta(), **parts: object) -> Quiet:
    """Marta was told that her session stands at 14:00."""
    world = Quiet(TEA, FREE, FREE, MILK, of=of(**parts), ahead=ahead)
    assert world.news() == [SCHEDULED]
    return world


# --- the grace time ---


@pytest.mark.parametrize(("waits", "expected"), [(0, []), (14, []), (15, [SCHEDULED]), (500, [SCHEDULED])])
def test_row_that_was_just_made_is_told_when_it_is_quiet(waits: int, expected: list[str]) -> None:
    world = Quiet(FREE, FREE, FREE, MILK, of=of())
    world.put(TEA, FREE, FREE, MILK)
    world.later(waits)
    assert world.news() == expected


def test_move_is_told_when_it_is_quiet_with_who_did_it_and_the_edit() -> None:
    world = stands()
    diff = world.put(FREE, FREE, TEA, MILK)
    world.later(14)
    assert world.news() == [SCHEDULED]
    world.later(1)
    assert world.news() == [SCHEDULED, "moved 16:00"]
    said = world.wiki.text(f"User talk:{OWNER}") or ""
    assert (f"|by={LINUS}|" in said, f"|diff=Special:Diff/{diff}|" in said) == (True, True)
    world.later(60)
    assert world.news() == [SCHEDULED, "moved 16:00"]


def test_there_and_back_within_the_grace_time_is_nothing() -> None:
    world = stands()
    world.put(FREE, FREE, TEA, MILK)
    world.later(10)
    world.put(TEA, FREE, FREE, MILK)
    for _ in range(4):
        world.later(10)
    assert world.news() == [SCHEDULED]


def test_there_and_back_after_a_notice_is_told_and_there_again_too() -> None:
    world = stands()
    for cells in ((FREE, FREE, TEA, MILK), (TEA, FREE, FREE, MILK), (FREE, FREE, TEA, MILK)):
        world.put(*cells)
        world.later(20)
    assert world.news() == [SCHEDULED, "moved 16:00", "moved 14:00", "moved 16:00"]


def test_several_moves_within_the_grace_time_are_one() -> None:
    world = stands()
    for cells in ((FREE, TEA, FREE, MILK), (FREE, FREE, TEA, MILK), (FREE, TEA, FREE, MILK)):
        world.put(*cells)
        world.later(10)
    world.later(10)
    assert world.news() == [SCHEDULED, "moved 15:00"]


@pytest.mark.parametrize(
    ("to", "ahead"),
    [((FREE, TEA, FREE, MILK), 28), ((FREE, FREE, FREE, MILK, TEA), 28)],
    ids=["a little later", "the evening"],
)
def test_nobody_waits_shortly_before_the_start_that_was_known(to: tuple[str, ...], ahead: int) -> None:
    world = stands(timedelta(hours=ahead - 1) - 30 * MINUTE)
    world.put(*to)
    world.later(0)
    assert len(world.news()) == 2


def test_edit_that_changes_no_fact_does_not_begin_the_grace_time_anew() -> None:
    world = stands()
    world.put(FREE, FREE, TEA, MILK)
    world.later(10)
    world.put(FREE, FREE, f"{TEA} <!-- looks good -->", MILK, by=ADA)
    world.later(6)
    assert world.news() == [SCHEDULED, "moved 16:00"]
    assert f"|by={LINUS}|" in (world.wiki.text(f"User talk:{OWNER}") or "")


def test_tidying_by_the_bot_does_not_begin_the_grace_time_anew() -> None:
    world = stands()
    world.put(FREE, FREE, f"{TEA}<br />Facilitation : (your username)", MILK)
    world.later(10)
    assert "facilitation: (your username)" in world.page
    world.later(6)
    assert world.news() == [SCHEDULED, "moved 16:00"]


def test_after_a_pause_what_is_still_of_use_goes_out_at_once() -> None:
    world = stands()
    world.put(FREE, FREE, TEA, MILK)
    world.later(300)
    assert world.news() == [SCHEDULED, "moved 16:00"]


def test_history_that_cannot_be_read_tells_nobody_before_the_page_is_quiet() -> None:
    world = stands()

    def away(*_: object, **__: object) -> None:
        raise WikiAway("no answer")

    world.wiki.revisions = away  # type: ignore[method-assign, assignment]
    world.put(FREE, FREE, TEA, MILK)
    world.later(14)
    assert world.news() == [SCHEDULED]
    world.later(1)
    assert world.news() == [SCHEDULED, "moved 16:00"]
    said = world.wiki.text(f"User talk:{OWNER}") or ""
    assert "|by=not known|" in said
    assert "|diff=Special:PageHistory/Schedule|" in said


@pytest.mark.parametrize("edits", [30, 60])
def test_many_edits_elsewhere_hide_no_move(edits: int) -> None:
    world = stands()
    world.lose_database()
    world.put(FREE, FREE, TEA, MILK)
    for number in range(edits):
        world.put(FREE, FREE, TEA, f"{MILK} {number}", by=ADA)
    world.later(14)
    assert world.news() == [SCHEDULED]
    world.later(1)
    assert world.news() == [SCHEDULED, "moved 16:00"]


# --- who did it ---


@pytest.mark.parametrize("database", ["kept", "lost"])
def test_who_moved_it_themselves_is_told_nothing_and_knows_it(database: str) -> None:
    world = stands()
    world.put(FREE, FREE, TEA, MILK, by=OWNER)
    world.later(60)
    if database == "lost":
        world.lose_database()
        world.later(60)
    assert world.news() == [SCHEDULED]
    world.put(TEA, FREE, FREE, MILK)
    world.later(60)
    assert world.news() == [SCHEDULED, "moved 14:00"]


def test_other_owner_of_a_session_that_its_owner_moved_is_told() -> None:
    both = f"{TEA}, [[User:{BO}|{BO}]]"
    world = Quiet(both, FREE, FREE, FREE, of=of())
    world.put(FREE, FREE, both, FREE, by=OWNER)
    world.later(20)
    assert (world.news(), world.news(BO)) == ([SCHEDULED], [SCHEDULED, "moved 16:00"])


def test_who_takes_it_out_is_told_nothing() -> None:
    world = stands()
    world.put(FREE, FREE, FREE, MILK, by=OWNER)
    world.later(20)
    world.later(20)
    assert world.news() == [SCHEDULED]


# --- one edit, one notice ---


def test_move_with_another_title_is_one_notice_that_says_both() -> None:
    world = stands()
    world.put(FREE, FREE, TEA.replace("Bots", "Robots"), MILK)
    world.later(20)
    assert world.news() == [SCHEDULED, "moved 16:00"]
    assert "|changed=title: Bots for tea → Robots for tea|" in (world.wiki.text(f"User talk:{OWNER}") or "")


def test_other_title_in_its_place_is_a_change() -> None:
    world = stands()
    world.put(TEA.replace("Bots", "Robots"), FREE, FREE, MILK)
    world.later(20)
    world.lose_database()
    world.later(20)
    assert world.news() == [SCHEDULED, "changed 14:00"]


def test_change_that_was_undone_after_a_notice_is_told() -> None:
    world = stands()
    for title in ("Robots", "Bots"):
        world.put(TEA.replace("Bots", title), FREE, FREE, MILK)
        world.later(20)
    assert world.news() == [SCHEDULED, "changed 14:00", "changed 14:00"]


# --- cancelled ---


def test_session_that_is_gone_is_told_after_the_grace_time_and_its_return_too() -> None:
    world = stands()
    world.put(FREE, FREE, FREE, MILK)
    world.later(14)
    assert world.news() == [SCHEDULED]
    world.later(1)
    assert world.news() == [SCHEDULED, "cancelled 14:00"]
    world.put(FREE, TEA, FREE, MILK)
    world.later(20)
    assert world.news() == [SCHEDULED, "cancelled 14:00", "moved 15:00"]


@pytest.mark.parametrize(
    "row",
    [
        f"{TEA} (cancelled)",
        f"'''CANCELLED:''' {TEA}",
        f"<s>{BARE}</s>",
        f"<s>{TEA}</s>",
        TEA.replace("'''Bots", "<del>'''Bots").replace("<br", "</del><br"),
    ],
    ids=["word", "before", "struck", "struck with its task", "only the title struck"],
)
def test_session_that_is_marked_as_cancelled_is_told(row: str) -> None:
    world = stands()
    world.put(row, FREE, FREE, MILK)
    world.later(20)
    world.later(20)
    assert world.news() == [SCHEDULED, "cancelled 14:00"]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Bots for tea (cancelled)", ""),
        ("'''CANCELLED''': Bots for tea", ""),
        ("<s>Bots for tea</s>", ""),
        ("Bots for tea", "❌ cancelled"),
    ],
    ids=["word", "before", "struck", "a status"],
)
def test_row_with_its_owner_in_another_cell_that_is_marked_as_cancelled_is_told(
    title: str, status: str
) -> None:
    def rows(tea: str, said: str) -> str:
        return (
            '== Saturday 22 May ==\n{| class="wikitable"\n! Time (UTC) !! Title !! Speaker !! Status\n'
            f"|-\n| 14:00–14:25 || {tea} || [[User:{OWNER}|{OWNER}]] || {said}\n"
            f"|-\n| 15:00–15:25 || Bots for milk || [[User:{BO}|{BO}]] ||\n|}}\n"
        )

    world = Quiet(of=of("cancelled"))
    world.wiki.edit("Schedule", rows("Bots for tea", ""), user=LINUS)
    world.later(20)
    world.wiki.edit("Schedule", rows(title, status), user=LINUS)
    world.later(20)
    world.later(20)
    assert (world.news(), world.news(BO)) == (["cancelled 14:00"], [])


def test_session_that_is_struck_out_is_not_reminded_of() -> None:
    struck = TEA.replace("'''Bots", "<del>'''Bots").replace("<br", "</del><br")
    world = Quiet(struck, FREE, FREE, MILK, of=of("starts_soon", "shift_starts_soon"))
    world.wiki.now = NOW
    world.later(1)
    assert (world.news(), world.news(BO)) == ([], [])
    world.put(TEA, FREE, FREE, MILK)
    world.later(1)
    assert world.news() == ["starts_soon 14:00"]


def test_row_that_is_carried_in_two_edits_is_moved() -> None:
    world = stands()
    world.put(FREE, FREE, FREE, MILK)
    world.later(5)
    world.put(FREE, FREE, TEA, MILK)
    world.later(20)
    assert world.news() == [SCHEDULED, "moved 16:00"]


def test_row_that_came_and_went_within_the_grace_time_is_nothing() -> None:
    world = Quiet(FREE, FREE, FREE, MILK, of=of())
    world.put(TEA, FREE, FREE, MILK)
    world.later(10)
    world.put(FREE, FREE, FREE, MILK)
    world.later(60)
    world.later(60)
    assert world.news() == []


def test_removal_during_a_pause_is_told_at_once() -> None:
    world = stands()
    world.put(FREE, FREE, FREE, MILK)
    world.later(90)
    assert world.news() == [SCHEDULED, "cancelled 14:00"]


@pytest.mark.parametrize(
    "accident",
    ["", "Vandal was here.", "#REDIRECT [[Elsewhere]]", grid(FREE, FREE, FREE), f"<!-- {grid(TEA)} -->"],
    ids=["emptied", "overwritten", "redirect", "all sessions out", "in a comment"],
)
@pytest.mark.parametrize("database", ["kept", "lost"])
def test_accident_tells_nobody(accident: str, database: str) -> None:
    world = stands()
    world.wiki.edit("Schedule", accident, user="Vandal")
    if database == "lost":
        world.lose_database()
    for _ in range(4):
        world.later(30)
    assert (world.news(), world.news(BO)) == ([SCHEDULED], [])


# --- the right person ---


def test_two_sessions_of_one_title_are_their_owners_own() -> None:
    hers, his = MILK.replace(BO, ADA), MILK
    world = Quiet(hers, his, FREE, FREE, FREE, of=of())
    world.put(FREE, his, hers, FREE, FREE)
    world.later(20)
    assert (world.news(ADA), world.news(BO)) == (["moved 16:00"], [])
    world.put(FREE, FREE, hers, FREE, FREE)
    world.later(20)
    world.later(20)
    assert (world.news(ADA), world.news(BO)) == (["moved 16:00"], ["cancelled 15:00"])


def test_rows_that_are_swapped_are_told_to_each_owner() -> None:
    world = stands()
    world.put(MILK, FREE, FREE, TEA)
    world.later(20)
    assert (world.news(), world.news(BO)) == ([SCHEDULED, "moved 17:00"], ["moved 14:00"])


def test_owner_who_is_put_into_the_row_is_told_and_who_is_taken_out_is_not() -> None:
    world = Quiet(TEA, FREE, FREE, COFFEE, of=of())
    world.put(TEA.replace(OWNER, BO), FREE, FREE, COFFEE)
    world.later(14)
    assert world.news(BO) == []
    world.later(6)
    assert (world.news(), world.news(BO)) == ([SCHEDULED], [SCHEDULED])
    world.put(FREE, FREE, FREE, COFFEE)
    world.later(20)
    world.later(20)
    assert (world.news(), world.news(BO)) == ([SCHEDULED], [SCHEDULED, "cancelled 14:00"])


def test_session_without_a_task_that_gets_one_is_the_same() -> None:
    world = Quiet(FREE, FREE, FREE, MILK, of=of())
    world.board.now = {
        "T900001": proposal(title="What we brew")
    }  # so that the bot does not link it by itself
    world.put(BARE, FREE, FREE, MILK)
    world.later(60)
    world.put(FREE, BARE, FREE, MILK)
    world.later(20)
    assert world.news() == ["moved 15:00"]
    world.put(FREE, TEA, FREE, MILK)
    world.later(20)
    assert world.news() == ["moved 15:00", "scheduled 15:00"]
    world.put(FREE, FREE, TEA, MILK)
    world.later(20)
    world.lose_database()
    world.later(20)
    assert world.news() == ["moved 15:00", "scheduled 15:00", "moved 16:00"]


def test_session_that_is_split_tells_of_one_half_only() -> None:
    world = Quiet(MILK, FREE, FREE, TEA, of=of())
    parts = [MILK.replace("milk", f"milk, part {number}") for number in (1, 2)]
    world.put(parts[0], parts[1], FREE, TEA)
    world.later(20)
    assert world.news(BO) == ["changed 14:00"]


# --- what is no move, and what is one though the row was not touched ---


def test_time_column_in_another_form_is_no_move() -> None:
    world = stands()
    page = world.page
    for hour in range(14, 18):
        page = page.replace(f"| {hour}:00 ||", f"| {hour}.00 UTC ||")
    world.wiki.edit("Schedule", page, user=LINUS)
    world.later(20)
    assert world.news() == [SCHEDULED]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("== Saturday 22 May ==", "== Sunday 23 May ==", "moved 14:00"),
        ("Time (UTC)", "Time (CEST)", "moved 12:00"),
        ("| 14:00 ||", "| 13:30 ||", "moved 13:30"),
    ],
    ids=["day", "zone", "shared time"],
)
@pytest.mark.parametrize("database", ["kept", "lost"])
def test_heading_that_moves_a_session_waits_for_quiet_too(
    old: str, new: str, expected: str, database: str
) -> None:
    world = stands()
    world.event = of(event={**_days("2021-05-22", "2021-05-23")})
    diff = world.wiki.edit("Schedule", world.page.replace(old, new), user=ADA)
    if database == "lost":
        world.lose_database()
    world.later(14)
    assert world.news() == [SCHEDULED]
    world.later(2)
    assert world.news() == [SCHEDULED, expected]
    assert f"|by={ADA}|" in (said := world.wiki.text(f"User talk:{OWNER}") or "")
    assert f"Special:Diff/{diff}|" in said


def _days(*days: str) -> dict[str, object]:
    return {"title": "Tea Hackathon", "zone": "UTC", "days": list(days), "organisers": [ADA]}


def test_room_that_the_event_file_names_otherwise_is_no_move() -> None:
    world = stands()
    world.event = of(room=[{"name": "The tea room", "aliases": ["Hacking room 1"]}])
    world.later(20)
    world.wiki.edit("Schedule", world.page.replace("Hacking room 1", "The tea room"), user=ADA)
    world.later(20)
    assert world.news() == [SCHEDULED]


def test_page_with_another_name_in_the_event_file_is_no_news() -> None:
    world = stands()
    world.wiki.edit("Schedule 2", world.page, user=LINUS)
    pages = {**world.event.pages.model_dump(exclude_defaults=True), "schedule": ["Schedule 2"]}
    world.event = of(pages=pages)
    for _ in range(3):
        world.later(20)
    assert (world.news(), world.news(BO)) == ([SCHEDULED], [])


def test_other_zone_in_the_event_file_is_told_and_nobody_did_it() -> None:
    world = Quiet(FREE, FREE, FREE, FREE, of=of())
    world.wiki.edit("Schedule", grid(TEA, FREE, FREE, MILK).replace("Time (UTC)", "Time"), user=LINUS)
    world.later(60)
    assert world.news() == [SCHEDULED]
    world.event = of(event={**_days("2021-05-22"), "zone": "Europe/Berlin"})
    world.later(1)
    assert world.news() == [SCHEDULED, "moved 12:00"]
    assert "|by=not known|" in (world.wiki.text(f"User talk:{OWNER}") or "")


def test_what_the_bot_placed_is_on_the_word_of_the_team() -> None:
    world = stands()
    diff = world.put(FREE, FREE, TEA, MILK, by="Callboard")
    world.later(20)
    assert world.news() == [SCHEDULED, "moved 16:00"]
    said = world.wiki.text(f"User talk:{OWNER}") or ""
    assert "|by=this bot; the coordination team asked for it|" in said
    assert f"|diff=Special:Diff/{diff}|" in said


def test_name_of_who_did_it_is_no_more_than_text() -> None:
    world = stands()
    world.wiki.add_user("{{Vandal|x=~~~~}}")
    world.put(FREE, FREE, TEA, MILK, by="{{Vandal|x=~~~~}}")
    world.later(20)
    assert world.news() == [SCHEDULED, "moved 16:00"]
    assert "{{Vandal" not in (world.wiki.text(f"User talk:{OWNER}") or "")


def test_rehearsal_counts_the_grace_time_by_its_own_clock() -> None:
    world = stands()
    world.put(FREE, FREE, TEA, MILK)
    rehearsed = Clock(timedelta(hours=20))

    def planned() -> list[str]:
        plan = App(world.event, world.wiki, world.board, world.ledger, rehearsed).plan()
        return [notice.kind for notice in plan.notices.now]

    world.wiki.now += 14 * MINUTE
    assert planned() == []
    world.wiki.now += 2 * MINUTE
    assert planned() == ["moved"]


# --- once, with or without the database ---


@pytest.mark.parametrize("news", ["moved", "changed", "cancelled"])
def test_told_once_whatever_is_lost(news: str) -> None:
    cells: dict[str, tuple[str, ...]] = {
        "moved": (FREE, FREE, TEA, MILK),
        "changed": (TEA.replace("Bots", "Robots"), FREE, FREE, MILK),
        "cancelled": (FREE, FREE, FREE, MILK),
    }
    world = stands()
    world.put(*cells[news])
    world.lose_database()
    world.later(20)
    for lose in (world.lose_database, lambda: world.wiki.edit(f"User talk:{OWNER}", "", user="ArchiveBot")):
        lose()
        world.later(20)
    assert [said.split()[0] for said in world.news()] == ["scheduled", news]
    assert world.saved() == []


def test_session_that_is_over_by_then_tells_nobody() -> None:
    world = stands(timedelta(hours=27))
    world.put(TEA, FREE, FREE, MILK)
    world.wiki.now = NOW + timedelta(hours=8)
    world.put(FREE, FREE, TEA, MILK)
    world.later(1)
    assert world.news() == [SCHEDULED]


def test_blocked_owner_is_on_record() -> None:
    world = stands()
    world.wiki.users[OWNER] = Account(OWNER, exists=True, blocked_forever=True)
    world.put(FREE, FREE, TEA, MILK)
    world.later(20)
    assert (world.news(), list(world.held())) == ([SCHEDULED], ["moved"])


STEP = st.one_of(
    st.tuples(st.just("stands at"), st.integers(0, 3)),
    st.tuples(st.just("title"), st.sampled_from(["Bots", "Robots", "Gadgets"])),
    st.tuples(st.just("gone"), st.just("")),
    st.tuples(st.just("day"), st.sampled_from(["Saturday 22 May", "Sunday 23 May"])),
    st.tuples(st.just("later"), st.sampled_from([1, 5, 14, 16, 40])),
    st.tuples(st.just("database lost"), st.just("")),
    st.tuples(st.just("emptied"), st.just("")),
    st.tuples(st.just("by the owner"), st.integers(0, 3)),
)


MARKS = {
    title: facts.title_mark
    for title in ("Bots", "Robots", "Gadgets")
    if (facts := facts_of(session(f"{title} for tea")))
}


class Story:
    """The page as people left it, and what may not be told because it was undone before it was quiet."""

    def __init__(self) -> None:
        self.world = stands(event=_days("2021-05-22", "2021-05-23"))
        self.at: int | None = 0
        self.title, self.day = "Bots", "Saturday 22 May"

    def do(self, what: str, arg: object) -> None:
        """One step."""
        if what == "later":
            self.world.later(int(str(arg)))
        elif what == "database lost":
            self.world.lose_database()
        elif what == "emptied":
            self.world.wiki.edit("Schedule", "", user="Vandal")
            self.world.tick()
            self.save(LINUS)
        else:
            if what in {"stands at", "by the owner"}:
                self.at = int(str(arg))
            elif what == "gone":
                self.at = None
            self.title = str(arg) if what == "title" else self.title
            self.day = str(arg) if what == "day" else self.day
            self.save(OWNER if what == "by the owner" else LINUS)

    def save(self, by: str) -> None:
        """Somebody saves the page."""
        tea = TEA.replace("Bots", self.title)
        cells = [tea if slot == self.at else FREE for slot in range(4)]
        self.world.wiki.edit("Schedule", grid(*cells, MILK, title=self.day), user=by)
        self.world.tick()

    def fact(self) -> str:
        """How it stands, as the last key would say it if the owner was told."""
        if self.at is None:
            return "gone"
        day = "22" if "22" in self.day else "23"
        return f"2021-05-{day}T{14 + self.at}:00Z {self.title}"


def _told(world: World) -> list[tuple[str, str, str]]:
    """Kind, start and title mark of everything told to the owner."""
    talk = f"User talk:{OWNER}"
    made = world.wiki.history(talk)[::-1]
    keys = [key.split("/") for edit in made if edit.user == "Callboard" for key in keys_in(edit.summary)]
    return [(key[2], key[3].split(" ")[1], key[3].split(" ")[3]) for key in keys]


@given(st.lists(STEP, max_size=8))
@settings(max_examples=25, deadline=None)
def test_owner_knows_the_truth_after_quiet_and_hears_nothing_twice_in_a_row(
    steps: list[tuple[str, object]],
) -> None:
    """People edit, the bot looks now and then and forgets now and then; then there is quiet.

    What Linus did last and the owner did not undo is what she was told last; nothing is told twice in a row; no more is told
    than was changed.
    """
    story = Story()
    for step in steps:
        story.do(*step)
    for _ in range(3):
        story.world.later(20)
    told = _told(story.world)
    said = [("gone" if kind == "cancelled" else "stands", start, mark) for kind, start, mark in told]
    edits = sum(what not in {"later", "database lost"} for what, _ in steps)
    assert len(told) <= 1 + edits
    if not any(what == "by the owner" for what, _ in steps):  # else she may know without being told
        assert [one for one, other in pairwise(said) if one == other] == []
        last = story.fact()
        if last == "gone":
            assert said[-1][0] == "gone"
        else:
            start, _, title = last.partition(" ")
            assert said[-1] == ("stands", start, f"t{MARKS[title]}")
    story.world.later(20)
    assert _told(story.world) == told
