"""What stands between a plan and the wiki: every guard of posting, page edits and publishing, one case each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callboard.app import App
from callboard.clock import Clock
from callboard.errors import Stopped
from callboard.holding import MOST_CHARACTERS
from callboard.model import Account, PageText, Proposal, Withdrawal
from callboard.plan import make_plan
from callboard.ports import Conflict, Outcome, Saved
from callboard.publishing import publications, publish
from callboard.recipients import MOST_ON_TALK_PAGE
from callboard.report import HEARTBEAT
from callboard.snapshot import Snapshot
from callboard.timer import Stop
from tests.fakes.wiki import FakeWiki
from tests.promises import (
    FREE,
    LINKED,
    NOW,
    OWNER,
    SESSION,
    TALK,
    TEMPLATES,
    World,
    event,
    grid,
    has_turn,
    proposal,
)

SOON = event("starts_soon")
MILK = "'''Milk'''<br />[[User:Ada Organiser]]<br />Facilitation : (your username)"
TIDY_MILK = MILK.replace("Facilitation :", "facilitation:")
TEMPLATE = "Template:Callboard/notices/starts soon"


def account(*, exists: bool = True, **facts: bool) -> Callable[[World], None]:
    """The owner's account has become something else since the schedule was read."""

    def change(world: World) -> None:
        world.wiki.users[OWNER] = Account(OWNER, exists=exists, **facts)  # type: ignore[arg-type]

    return change


def talk(text: str, model: str = "wikitext") -> Callable[[World], object]:
    return lambda world: world.wiki.edit(TALK, text, model=model)


# --- notices ---

ASK = "ask whether the session takes place, and link somebody else"
MEND = "an organiser must save it once, or put the text back that was there before"
ELSEWHERE = "tell this person in another way"

HELD: dict[str, tuple[Callable[[World], object], str, str]] = {
    "account gone": (
        account(exists=False),
        "skipped",
        f"there is no account {OWNER} on this wiki: correct the name where it is linked",
    ),
    "address": (
        account(named=False),
        "skipped",
        f"{OWNER} can be no account: correct the name where it is linked",
    ),
    "bot": (account(bot=True), "skipped", f"{OWNER} is a bot: link the person who runs it"),
    "blocked": (account(blocked_forever=True), "skipped", f"{OWNER} is blocked for good: {ASK}"),
    "locked": (account(locked=True), "skipped", f"{OWNER} is locked on all wikis: {ASK}"),
    "redirect": (
        talk("#REDIRECT [[User talk:X]]"),
        "skipped",
        f"the talk page is a redirect to [[User talk:X]], which is missing: {ELSEWHERE}",
    ),
    "model": (talk("{}", "json"), "skipped", f"[[{TALK}]] is no wikitext but json: {ELSEWHERE}"),
    "protected": (
        lambda world: world.wiki.protect(TALK),
        "held",
        f"[[{TALK}]] is protected for sysop: an administrator can lift that, or give the bot the right",
    ),
    "too long": (
        talk("x" * (MOST_ON_TALK_PAGE + 1)),
        "held",
        f"[[{TALK}]] is too long (2.0 MB): older topics must be archived first",
    ),
    "optout": (
        talk("{{bots|optout=starts_soon}}"),
        "skipped",
        f"[[{TALK}]]: {{{{bots|optout=starts_soon}}}} asks for no such messages; {ELSEWHERE}",
    ),
    "filter": (lambda world: world.wiki.refuse(TALK, "abusefilter", "No."), "held", "No. (abusefilter)"),
    "no template": (
        lambda world: world.wiki.delete(TEMPLATE),
        "held",
        f"[[{TEMPLATE}]] is missing: run publish_templates",
    ),
    "template of a stranger": (
        lambda world: world.wiki.edit(TEMPLATE, "== Buy ==", user="Vandal"),
        "held",
        f"[[{TEMPLATE}]] was last changed by Vandal, who is no organiser of the event: {MEND}",
    ),
    "template without heading": (
        lambda world: world.wiki.edit(TEMPLATE, "Hello", user="Ada Organiser"),
        "held",
        "Template:Callboard/notices/starts_soon must begin with a line like == Heading ==",
    ),
}


@pytest.mark.parametrize("what", HELD)
def test_what_stands_in_the_way_of_a_notice(what: str) -> None:
    spoil, state, why = HELD[what]
    world = World(SESSION, of=SOON)
    App(world.event, world.wiki, world.board, world.ledger).plan()  # the account is known from here on
    spoil(world)
    world.tick()
    assert world.told() == []
    assert [(entry.state, entry.why) for entry in world.ledger.notices("tea")] == [(state, why)]


@pytest.mark.parametrize(
    "change",
    [
        {"acknowledged": None},
        {"closed": True},
        {"visible": False},
        None,
    ],
    ids=["withdrawn", "closed", "hidden", "gone"],
)
@pytest.mark.parametrize(("cell", "kind"), [(FREE, "acknowledged"), (LINKED, "scheduled")])
def test_task_that_changed_between_plan_and_posting(
    change: dict[str, object] | None, cell: str, kind: str
) -> None:
    world = World(cell, proposals=[proposal()], of=event(kind))

    def meanwhile() -> None:
        del world.board.now["T900001"]
        if change is not None:
            world.board.now["T900001"] = replace(proposal(), **change)  # type: ignore[arg-type]

    world.board.on_recheck = lambda: meanwhile() if "T900001" in world.board.now else None
    world.tick()
    assert (world.told(), world.held()) == ([], {kind: "T900001 is not acknowledged any more"})


ORGANISERS = "Talk:Schedule"


def withdrawn() -> Proposal:
    """The task with a yes that its coordinator took back on 12 May."""
    yes = proposal().acknowledged
    assert yes is not None
    lost = Withdrawal("lea", yes.at + timedelta(days=2), "said", yes, "PHID-XACT-2", "withdrawn, sorry")
    return replace(proposal(), acknowledged=None, withdrawn=lost)


def organisers(world: World) -> list[str]:
    """The headings on the organisers' page."""
    lines = (world.wiki.text(ORGANISERS) or "").splitlines()
    return [line for line in lines if "acknowledgement_withdrawn" in line]


def test_organisers_are_told_once_when_a_linked_session_lost_the_yes_and_nothing_is_taken_out() -> None:
    rule = {"kind": "acknowledgement_withdrawn", "talk_page": ORGANISERS}
    world = World(LINKED, proposals=[withdrawn()], of=event(notice=[rule]))
    page = world.page
    world.tick()
    world.tick()
    assert (len(organisers(world)), world.page, world.told()) == (1, page, [])
    assert "acknowledged by lea on 2021-05-10, but lea took that back on 2021-05-12" in world.report
    world.lose_database()
    world.tick()
    assert len(organisers(world)) == 1


@pytest.mark.parametrize("change", [{"acknowledged": proposal().acknowledged}, {"visible": False}, None])
def test_nobody_is_told_of_a_withdrawal_that_does_not_hold_a_moment_later(
    change: dict[str, object] | None,
) -> None:
    rule = {"kind": "acknowledgement_withdrawn", "talk_page": ORGANISERS}
    world = World(LINKED, proposals=[withdrawn()], of=event(notice=[rule]))

    def meanwhile() -> None:
        world.board.now = {"T900001": replace(withdrawn(), **change)} if change else {}  # type: ignore[arg-type]

    world.board.on_recheck = meanwhile
    world.tick()
    why = {"acknowledgement_withdrawn": "T900001 is acknowledged again, or hidden"}
    assert (organisers(world), world.held()) == ([], why)


def test_notices_are_made_anew_when_the_schedule_moves_and_time_has_passed() -> None:
    world = World(f"{SESSION}<br />[[User:Ada Organiser]]", of=SOON)
    has_turn(world.wiki, world.ledger)

    def meanwhile() -> None:
        world.wiki.now += timedelta(hours=1)
        world.wiki.edit("Schedule", world.page + "\nSee you!")

    world.wiki.before_save += [meanwhile]
    world.tick()
    assert (world.told("Ada Organiser"), world.told()) == (["starts_soon"], [])


def test_posting_stops_where_the_schedule_moves_beyond_a_brake() -> None:
    careful = event("starts_soon", limits={"rows_share": 0.3, "rows_free": 0})
    world = World(f"{SESSION}<br />[[User:Ada Organiser]]", of=careful)
    spoilt = grid(f"{SESSION}<br />[[User:Ada Organiser]]", *[MILK] * 9)
    has_turn(world.wiki, world.ledger)
    world.wiki.before_save += [lambda: world.wiki.edit("Schedule", spoilt) and world.wiki.edit(TALK, "Hi")]
    done = world.tick()
    assert (world.told("Ada Organiser"), world.told()) == (["starts_soon"], [])
    assert ["limits.rows_share" in held.why for held in done.results.held] == [True]


def test_page_that_people_go_on_editing_is_left_after_some_tries() -> None:
    world = World(SESSION, of=SOON)
    count = iter(range(9))
    world.wiki.before_save += [lambda: world.wiki.edit(TALK, f"Hi {next(count)}")] * 9
    done = world.tick()
    assert [title for title, _ in world.wiki.saves].count(TALK) == world.event.limits.retries
    assert ["people are editing the talk page just now" in held.why for held in done.results.held] == [True]
    world.wiki.before_save.clear()
    world.tick()
    assert world.told() == ["starts_soon"]


def test_two_notices_to_one_person_are_one_edit() -> None:
    world = World(LINKED, proposals=[proposal()])
    has_turn(world.wiki, world.ledger)
    world.tick()
    assert world.told() == ["starts_soon", "scheduled"]
    assert [title for title, _ in world.wiki.saves] == [TALK, "Report"]


def test_notice_shows_as_a_message_and_a_tidy_edit_as_a_minor_one() -> None:
    world = World(SESSION, MILK)
    world.tick()
    assert [
        (world.wiki.history(page)[0].minor, world.wiki.history(page)[0].bot)
        for page in (TALK, "Schedule", "Report")
    ] == [
        (False, True),
        (True, True),
        (True, True),
    ]


# --- page edits ---


def test_plan_beyond_the_share_of_rows_waits() -> None:
    braked = event(limits={"rows_share": 0.1, "rows_free": 0})
    world = World(MILK, of=braked)
    done = world.tick()
    assert (world.page, len(done.plan.brakes)) == (grid(MILK).rstrip(), 1)


@pytest.mark.parametrize("limits", [{"rows_share": 0.1, "rows_free": 1}, {"rows_share": 1.0, "rows_free": 0}])
def test_few_rows_and_small_shares_do_not_wait(limits: dict[str, object]) -> None:
    world = World(MILK, of=event(limits=limits))
    world.tick()
    assert world.page == grid(TIDY_MILK).rstrip()


def test_a_row_of_several_lines_is_one_row() -> None:
    cells = [MILK.replace("Milk", f"Milk {n}").replace("<br />", "<br />\n") for n in range(3)]
    parallel = "\n".join(f"| {cell}" for cell in cells)
    text = (
        '== Saturday 22 May ==\n{| class="wikitable"\n! Time (UTC) !! Hacking room 1 !! Hacking room 2 !! Hall\n'
        f"|-\n| 14:00\n{parallel}\n|-\n| 15:00\n| ||  ||\n|-\n| 16:00\n| ||  ||\n|}}\n"
    )
    rooms = [{"name": "Hacking room 1"}, {"name": "Hacking room 2"}, {"name": "Hall"}]
    world = World(of=event("scheduled", room=rooms, limits={"rows_share": 0.4, "rows_free": 0}))
    world.wiki.edit("Schedule", text)
    done = world.tick()
    assert (done.plan.brakes, len(done.plan.pages[0].applied) > 2) == ((), True)


def test_page_that_moves_beyond_the_brake_waits() -> None:
    world = World(MILK, FREE, FREE, FREE, of=event("scheduled", limits={"rows_share": 0.3, "rows_free": 0}))
    more = grid(*[MILK.replace("Milk", f"Milk {n}") for n in range(4)])
    world.wiki.before_save.append(lambda: world.wiki.edit("Schedule", more))
    done = world.tick()
    assert world.page == more.rstrip()
    assert ["limits.rows_share" in held.why for held in done.results.held] == [True]


def test_page_that_keeps_bots_out_since_the_plan() -> None:
    world = World(MILK)
    world.wiki.edit("Template:Nobots", "")
    world.wiki.edit("Template:Outer", "{{nobots}}")
    world.wiki.before_save.append(lambda: world.wiki.edit("Schedule", "{{Outer}}\n" + world.page))
    done = world.tick()
    assert world.page == ("{{Outer}}\n" + grid(MILK)).rstrip()
    assert [(held.page, held.why) for held in done.results.held] == [
        ("Schedule", "{{nobots}} keeps all bots away (inside another template)")
    ]


def test_page_that_was_protected_since_the_plan() -> None:
    world = World(MILK)

    def meanwhile() -> None:
        world.wiki.protect("Schedule")
        world.wiki.edit("Schedule", world.page + "\n")
        world.wiki.edit("Schedule", world.page + "\nx")

    world.wiki.before_save.append(meanwhile)
    world.tick()
    assert world.page == f"{grid(MILK)}\nx".replace("|}\n\nx", "|}\nx")


def test_page_that_lost_its_sessions_since_the_plan_is_not_tidied() -> None:
    cells = [SESSION.replace("Bots", f"Bots {n}") for n in range(5)]
    world = World(MILK, *cells)
    world.wiki.protect("Schedule")
    world.tick()  # six sessions were seen
    world.wiki._protected.clear()
    world.wiki.before_save.append(lambda: world.wiki.edit("Schedule", grid(MILK), user="Vandal"))
    world.tick()
    assert world.page == grid(MILK).rstrip()


class Merging(FakeWiki):
    """Weaves the bot's edit into a schedule that moved, as MediaWiki does where the lines are far apart."""

    def save(
        self, read: PageText, text: str, summary: str, *, minor: bool = False, bot: bool = True
    ) -> Outcome:
        outcome = super().save(read, text, summary, minor=minor, bot=bot)
        if not isinstance(outcome, Conflict) or read.title != "Schedule":
            return outcome
        there = self.read(["Schedule"]).pages["Schedule"]
        woven = (there.text or "").replace("Facilitation :", "facilitation:")
        made = super().save(there, woven, summary, minor=minor, bot=bot)
        return replace(made, merged=True) if isinstance(made, Saved) else made


def test_after_a_merge_the_page_is_read_again() -> None:
    """The person's edit that was woven in names somebody whom this very tick tells."""
    world = World(
        MILK.replace("Ada Organiser", "Nobody"),
        SESSION,
        helpers="== Helpers ==\n* [[User:Ada Organiser]]\n",
        of=SOON,
    )
    world.wiki.__class__ = Merging
    text = world.page.replace(SESSION, FREE).replace("User:Nobody", "User:Ada Organiser")
    world.wiki.before_save.append(lambda: world.wiki.edit("Schedule", text.replace("15:00", "14:05")))
    world.wiki.edit("Schedule", world.page.replace("15:00", "14:05"))
    done = world.tick()
    assert [written.merged for written in done.results.written if written.what == "tidied"] == [True]
    assert (world.told("Ada Organiser"), world.told()) == (["starts_soon"], [])


@pytest.mark.parametrize("carried_out", [True, False])
def test_edit_whose_answer_was_lost_and_that_a_person_took_back(carried_out: bool) -> None:
    world = World(MILK)
    world.wiki.lose_answers(1, carried_out=carried_out)
    done = world.tick()
    assert done.results.failed == ["[[Schedule]]: no answer to the save (no answer to the save)"]
    world.wiki.edit("Schedule", grid(MILK), user="Ada Organiser")
    world.tick()
    # What never landed was not taken back.
    assert world.page == (grid(MILK) if carried_out else grid(TIDY_MILK)).rstrip()


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (PageText("Schedule", None), "there is no such page"),
        (PageText("Schedule", 1, ""), "the page is empty"),
        (PageText("Schedule", 1, " \n"), "the page is empty"),
        (PageText("Schedule", 1, "#REDIRECT [[X]]", redirect=True), "the page is a redirect"),
        (PageText("Schedule", 1, grid(MILK), model="css"), "the page's content model is css"),
        (PageText("Schedule", 1, "x" * (MOST_CHARACTERS + 1)), "the page has 2,097,153 characters"),
    ],
)
def test_page_that_is_not_read_at_all(page: PageText, why: str) -> None:
    plan = make_plan(Snapshot(SOON, NOW, {"Schedule": page}), "Callboard")
    assert [(p.unread.startswith(why), p.changes) for p in plan.pages] == [(True, False)]
    assert plan.empty


@pytest.mark.parametrize(
    ("before", "now", "held"),
    [(0, 0, False), (1, 0, True), (3, 1, False), (4, 2, False), (4, 1, True), (5, 2, True), (9, 9, False)],
)
def test_schedule_that_lost_its_sessions(before: int, now: int, held: bool) -> None:
    text = grid(*[SESSION.replace("Bots", f"Bots {n}") for n in range(now)], FREE)
    pages = {"Schedule": PageText("Schedule", 1, text)}
    plan = make_plan(Snapshot(SOON, NOW, pages, sessions_before={"Schedule": before}), "Callboard")
    assert bool(plan.pages[0].unread) is held


def test_confirmed_loss_of_sessions_is_taken_as_it_is() -> None:
    world = World(SESSION)
    world.tick()
    world.wiki.edit("Schedule", grid(FREE))
    app = App(world.event, world.wiki, world.board, world.ledger)
    assert [page.unread for page in app.tick(apply=True).plan.pages[:1]] != [""]
    assert [page.unread for page in app.tick(apply=True, confirmed=True).plan.pages[:1]] == [""]
    assert [page.unread for page in app.tick(apply=True).plan.pages[:1]] == [""]


# --- the off switch, the end of the process, the clock ---


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        (None, False),
        ("", False),
        ("go", False),
        (" Go \n", False),
        ("GO", False),
        ("go on", True),
        ("stop", True),
    ],
)
@pytest.mark.parametrize("when", ["before", "between plan and save"])
def test_off_switch(text: str | None, stops: bool, when: str) -> None:
    world = World(MILK)
    world.board.now["T900001"] = proposal()

    def switch() -> None:
        if text is not None:
            world.wiki.edit("User:Callboard/run", text, user="Anybody")

    def moves_and_switches() -> None:
        switch()
        world.wiki.edit("Schedule", f"{world.page}\nx")

    if when == "before":
        switch()
    else:
        world.wiki.before_save.append(moves_and_switches)
    if stops:
        with pytest.raises(Stopped):
            world.tick()
    else:
        world.tick()
    assert (TIDY_MILK in world.page) is not stops


def test_off_switch_stops_the_report_too() -> None:
    world = World(FREE)
    world.wiki.edit("User:Callboard/run", "stop")
    with pytest.raises(Stopped):
        world.tick()
    assert world.wiki.saves == []


def test_nothing_is_begun_once_the_end_is_asked_for() -> None:
    world = World(MILK)
    stop = Stop()
    stop.ask()
    with pytest.raises(Stopped):
        App(world.event, world.wiki, world.board, world.ledger, stop=stop).tick(apply=True)
    assert world.wiki.saves == []


def test_rehearsal_notes_its_own_time() -> None:
    world = World(SESSION, of=SOON)
    world.wiki.now -= timedelta(days=30)
    world.wiki.protect(TALK)
    App(world.event, world.wiki, world.board, world.ledger, Clock(timedelta(days=30))).tick(apply=True)
    assert [entry.at for entry in world.ledger.notices("tea")] == [NOW]


# --- the report ---


def test_report_that_somebody_edits_meanwhile_is_written_around_their_text() -> None:
    world = World(SESSION)
    world.tick()
    world.wiki.edit("Schedule", grid(MILK))

    def meanwhile() -> None:
        world.wiki.edit("Report", f"Notes of the team\n{world.report}")

    world.wiki.before_save += [lambda: None, meanwhile]
    world.tick()
    assert world.report.startswith("Notes of the team\n<!-- callboard:report start")
    assert world.saved() == []


@pytest.mark.parametrize("text", ["{{nobots}}\n", "{{bots|deny=Callboard}}\n"])
def test_report_that_keeps_bots_out_is_not_even_renewed(text: str) -> None:
    world = World(FREE)
    world.tick()
    world.wiki.edit("Report", text + world.report, user="Anybody")
    world.wiki.now += HEARTBEAT
    done = world.tick()
    assert (len(world.wiki.saves), [held.page for held in done.results.held]) == (1, ["Report"])


def test_report_below_a_stray_end_mark() -> None:
    world = World(FREE)
    world.tick()
    end = world.report.splitlines()[-1]
    world.wiki.edit("Report", f"{end}\nHello\n{world.report}", user="Vandal")
    world.wiki.now += HEARTBEAT
    assert world.saved() == ["Report"]
    assert world.report.startswith(f"{end}\nHello\n<!-- callboard:report start")
    assert world.report.count("callboard:report end") == 2


# --- a lost database ---


def test_notice_of_weeks_before_the_event_is_found_again() -> None:
    world = World(FREE, proposals=[proposal()], of=event("acknowledged"))
    world.wiki.now = NOW - timedelta(days=11)
    world.tick()
    world.wiki.edit(TALK, "Archived.", user="ArchiveBot")
    world.lose_database()
    world.tick()
    assert world.told() == ["acknowledged"]


def test_notices_of_another_event_are_not_taken_for_this_one_s() -> None:
    world = World(SESSION, of=SOON)
    world.tick()
    world.lose_database()
    world.event = SOON.model_copy(update={"slug": "milk"})
    world.tick()
    assert {entry.key.partition("/")[0] for entry in world.ledger.notices("milk")} == {"milk"}


# --- publishing ---


def test_publishing_leaves_what_people_reworded() -> None:
    world = World(SESSION)
    wanted = publications(world.event, TEMPLATES.parent, world.wiki)
    publish(wanted, world.wiki, world.event)
    assert [title for title, _ in world.wiki.saves] == [
        "Template:Callboard/session/shown",
        "Template:Callboard/session",
        "User:Callboard/About",
    ]
    world.wiki.edit(TEMPLATE, "== Mine ==", user="Ada Organiser")
    wanted = publications(world.event, TEMPLATES.parent, world.wiki)
    held = publish(wanted, world.wiki, world.event).held
    assert [one.page for one in held] == [TEMPLATE]
    assert [one.page for one in publish(wanted, world.wiki, world.event, overwrite=True).written] == [
        TEMPLATE
    ]
    world.wiki.edit("User:Callboard/run", "stop")
    with pytest.raises(Stopped):
        publications(world.event, TEMPLATES.parent, world.wiki)


def test_every_template_is_published(tmp_path: Path) -> None:
    world = World(SESSION)
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices/other.wikitext").write_text("== X ==\n", "utf-8")
    results = publish(publications(world.event, tmp_path, world.wiki), world.wiki, world.event)
    assert [one.page for one in results.written] == ["Template:Callboard/notices/other"]
