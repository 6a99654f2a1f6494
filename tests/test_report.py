"""The report page: what it says, when it is written, and that it says only what it means."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import mwparserfromhell
import pytest

from callboard.config import Event, event_from, load_event
from callboard.ledger import Sent
from callboard.model import (
    Accepted,
    AcceptedMark,
    Account,
    LastLook,
    Level,
    PageText,
    Problem,
    ProposedEdit,
    Severity,
)
from callboard.notices.delivery import Due
from callboard.plan import Plan, make_plan
from callboard.report import (
    HEARTBEAT,
    NotOurPage,
    report,
    with_report,
)
from callboard.report_frame import END, START, records_in
from callboard.report_lists import LATEST, MOST_REFUSED
from callboard.report_problems import LONGEST, LONGEST_MESSAGE, MOST_PROBLEMS
from callboard.snapshot import Snapshot
from callboard.tasks_file import load_proposals
from callboard.wikitext.edits import Span, TextEdit

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs/example"
GOLDEN = Path(__file__).parent / "report.wikitext"
NOW = datetime(2021, 5, 22, 13, 10, tzinfo=UTC)


def event() -> Event:
    """The example's event, on a wiki."""
    given = load_event(str(EXAMPLE / "spring-hackathon.toml"), ROOT).model_dump(mode="json", exclude={"slug"})
    given["pages"] = {
        "schedule": ["Spring Hackathon/Schedule"],
        "signups": ["Spring Hackathon/Helpers"],
        "report": "Spring Hackathon/Callboard",
        "off_switch": "Spring Hackathon/Callboard/Off switch",
        "about": "User:Callboard/About",
    }
    given["rules"] = {"signup-duplicates": "ASK"}
    return event_from(given, slug="spring-hackathon", where="tests")


def plan() -> Plan:
    """What Callboard would do about the example."""
    pages = {
        f"Spring Hackathon/{name}": PageText(
            f"Spring Hackathon/{name}", 7, (EXAMPLE / f"{name}.wikitext").read_text("utf-8")
        )
        for name in ("Schedule", "Helpers")
    }
    accounts = {name: Account(name, exists=True) for name in ("Ada", "Grace", "Linus")}
    proposals = load_proposals(EXAMPLE / "tasks.json")
    return make_plan(Snapshot(event(), NOW, pages, accounts, proposals), "Callboard")


def entry(number: int, state: str = "sent", *, why: str = "", title: str = "T900001") -> Sent:
    at = NOW - timedelta(minutes=number)
    key = f"spring-hackathon/{title}@Ada/scheduled/2021-05-22T14:00Z Hacking room {number}"
    return Sent(key, "Ada", "scheduled", state, at, 100 + number if state == "sent" else None, why)


NOTICES = (
    entry(1),
    entry(2, "skipped", why="the talk page is a redirect"),
    entry(3, "held", why="the talk page is protected"),
    entry(4, "claimed"),
)


def empty(now: datetime = NOW) -> Plan:
    return Plan(Snapshot(event(), now), (), (), Due((), ()))


def with_problem(problem: Problem) -> str:
    return report(replace(empty(), problems=(problem,)), ())


# --- what it says ---


def test_report_of_the_example() -> None:
    page = with_report(None, report(plan(), NOTICES), event(), NOW)
    assert page == GOLDEN.read_text("utf-8")


def test_report_when_there_is_nothing_to_say() -> None:
    assert report(empty(), ()) == (
        "== Problems (0) ==\nNone. Everything that the bot can check is in order.\n"
        "== Free slots (0) ==\n<onlyinclude>\nNone that lies ahead.\n</onlyinclude>\n"
        "== Changes that wait for a person (0) ==\nNone.\n"
        "== Notices posted (0) ==\nNone.\n== Notices held (0) ==\nNone.\n"
    )


def test_report_does_not_depend_on_the_order_of_what_it_gets() -> None:
    there = plan()
    back = replace(there, problems=there.problems[::-1], pages=there.pages[::-1])
    assert report(back, NOTICES[::-1]) == report(replace(there, pages=there.pages[::-1]), NOTICES)


def test_brakes_are_told() -> None:
    braked = replace(empty(), brakes=("70 notices would be posted; confirm with -confirm",))
    assert (
        "== Waiting for a person to confirm ==\n* 70 notices would be posted; confirm with -confirm\n"
        in report(braked, ())
    )


def test_pages_of_the_event_that_words_of_ours_name_are_links_and_others_are_text() -> None:
    pages = {"Spring/Schedule": PageText("Spring/Schedule", 1, "")}
    there = replace(empty(), snapshot=replace(empty().snapshot, pages=pages))
    said = "[[Spring/Schedule]] [[Template:Callboard/notices/thanks]] [[Category:Mine]] [[Spring/Schedule|x]]"
    problem = Problem("c", Severity.ERROR, f"as on {said}", "Page", 3, "t")
    held = replace(entry(1, "held", why=f"held: {said}"))
    text = report(replace(there, problems=(problem,), brakes=(f"brake: {said}",)), (held,))
    links = "[[:Spring/Schedule]] [[:Template:Callboard/notices/thanks]]"
    for words in ("as on", "brake:", "held:"):
        assert (
            f"{words} {links} &#91;&#91;Category:Mine&#93;&#93; &#91;&#91;Spring/Schedule&#124;x&#93;&#93;"
            in text
        )


def test_free_slots_that_are_past_are_left_out() -> None:
    late = replace(plan(), snapshot=replace(plan().snapshot, now=NOW + timedelta(days=1)))
    assert "<onlyinclude>\nNone that lies ahead.\n</onlyinclude>\n" in report(late, ())


@pytest.mark.parametrize(
    ("count", "said"), [(LATEST, None), (LATEST + 3, f"{LATEST} of {LATEST + 3} are listed; the bot's")]
)
def test_long_list_of_notices_is_cut(count: int, said: str | None) -> None:
    text = report(empty(), [entry(number) for number in range(count)])
    assert text.count("[[Special:Diff/") == min(count, LATEST)
    assert ("are listed" in text) is (said is not None)
    assert (said or "") in text


@pytest.mark.parametrize(
    ("line", "link"),
    [
        (None, "action=edit"),
        (1, "action=edit&section=0"),
        (2, "action=edit&section=1"),
        (6, "action=edit&section=2"),
    ],
)
def test_link_edits_the_section_in_which_the_line_stands(line: int | None, link: str) -> None:
    page = PageText("Page", 1, "intro\n== A ==\na\n=== B ===\nb\nb\n== C ==\n")
    there = replace(empty(), snapshot=Snapshot(event(), NOW, {"Page": page}))
    text = report(replace(there, problems=(Problem("c", Severity.NOTE, "m", "Page", line),)), ())
    assert re.findall(r"\{\{fullurl:Page\|(.*?)\}\}", text) == [link]


def refused(number: int, why: str, state: str = "skipped", *, name: str = "") -> Sent:
    name = name or f"Person {number:04}"
    key = f"spring-hackathon/Talk {number}@{name}/starts_soon/2021-05-22T14:00Z"
    return Sent(key, name, "starts_soon", state, NOW - timedelta(minutes=number), None, why)


KEEPS_OUT = "[[User talk:{}]]: {{{{nobots}}}}; tell this person in another way"
TOO_LATE = "too late: it was of use until 2021-05-22 14:00 UTC"


def rows_of(*entries: Sent, heading: str = "Notices held") -> list[str]:
    """The rows of a list on the report page."""
    part = report(empty(), entries).partition(f"== {heading} (")[2].partition("\n==")[0]
    return [line for line in part.splitlines() if line.startswith("| ")]


def test_everybody_who_was_refused_is_on_the_page_with_the_reason() -> None:
    count = 3 * LATEST
    entries = [refused(n, KEEPS_OUT.format(f"Person {n:04}")) for n in range(count)]
    (row,) = rows_of(*entries)
    assert row.startswith(
        "| their talk page: &#123;&#123;nobots&#125;&#125;; tell this person in another way || "
        "[[User talk:Person 0000|Person 0000]] (starts_soon: Talk 0), "
    )
    assert all(
        f"[[User talk:Person {n:04}|Person {n:04}]] (starts_soon: Talk {n})" in row for n in range(count)
    )


def test_reasons_of_their_own_have_rows_of_their_own_and_say_the_name() -> None:
    (bot, *others) = rows_of(
        refused(1, "Person 0001 is a bot: link the person who runs it"),
        refused(2, "there is no account Person 0002 on this wiki: correct the name where it is linked"),
        refused(3, "there is no account Person 0003 on this wiki: correct the name where it is linked"),
    )
    assert bot.startswith("| Person 0001 is a bot: link the person who runs it || [[User talk:Person 0001|")
    (missing,) = others
    assert missing.startswith(
        "| there is no account NAME on this wiki: correct the name where it is linked || [[User talk:Person 0002|"
    )


def test_what_is_tried_again_comes_first_then_the_newest_refusal() -> None:
    rows = rows_of(refused(9, "old"), refused(1, "new"), refused(20, "z", "held"), refused(30, "b", "held"))
    assert [row.split()[1] for row in rows] == ["b", "z", "new", "old"]


def test_what_came_too_late_takes_no_place_from_refusals_and_stands_apart() -> None:
    late = [refused(n, TOO_LATE) for n in range(2 * LATEST)]
    because = [refused(900, f"{TOO_LATE}; before that: protected"), refused(901, "Person 0901 is a bot")]
    text = report(empty(), [*late, *because])
    assert "== Notices held (2) ==" in text
    assert len(rows_of(*late, *because)) == 2
    assert f"== Notices that came too late ({2 * LATEST}) ==" in text
    (row,) = rows_of(*late, *because, heading="Notices that came too late")
    assert row.count("[[User talk:") == LATEST
    assert (
        f"The first {LATEST} are listed, {LATEST} more are not; the script explain, with -user:NAME," in text
    )


def test_the_notices_of_a_person_for_one_reason_are_one_entry() -> None:
    named = [refused(n, "opted out", name="Ada") for n in range(5)]
    (row,) = rows_of(*named)
    assert row == (
        "| opted out || [[User talk:Ada|Ada]]"
        " (starts_soon: Talk 0; starts_soon: Talk 1; starts_soon: Talk 2; 2 more)"
    )


def test_the_list_of_refusals_is_bounded_and_says_what_is_missing() -> None:
    names = [f"{'Ж' * 60} {n}" for n in range(MOST_REFUSED + 7)]
    entries = [refused(n, f"{'why ' * 60}{n}", name=name) for n, name in enumerate(names)]
    text = report(empty(), entries)
    assert len(rows_of(*entries)) == MOST_REFUSED
    assert (
        f"The first {MOST_REFUSED} are listed, 7 more are not; the script explain, with -user:NAME," in text
    )
    assert len(text.encode()) < 1_000_000


def test_held_notice_that_is_tried_again_does_not_change_the_page() -> None:
    once, again = (report(empty(), [entry(3, "held", why="protected")]) for _ in range(2))
    later = report(empty(), [replace(entry(3, "held", why="protected"), at=NOW + timedelta(hours=1))])
    assert once == again == later


def test_a_problem_tells_who_changed_the_row_since_when_it_stands_and_what_to_copy() -> None:
    problem = Problem(
        "room-overlap", Severity.ERROR, "m", "Page", 3, "t", changed_by="Bo", changed_at=NOW,
        since=NOW + timedelta(hours=1), rows=(("Page", Span(0, 1)),), key="0123456789ab",
    )  # fmt: skip
    assert (
        "<br /><small>row changed by [[User:Bo|Bo]] 2021-05-22 13:10; seen since 2021-05-22 14:10<br />may stay: "
        "<code>&#42; ok 012345</code> or <code>&#60;!&#45;&#45; callboard: ok room-overlap &#45;&#45;&#62;</code></small>\n"
    ) in with_problem(problem)
    assert "row changed by a hidden user 2021" in with_problem(replace(problem, changed_by=""))
    twice = replace(empty(), problems=(problem, replace(problem, key="012345678999")))
    assert re.findall(r"&#42; ok (\w+)</code> or", report(twice, ())) == ["0123456789ab", "012345678999"]


def test_acknowledged_problems_have_a_section_of_their_own_and_do_not_count() -> None:
    accepted = Accepted("Ada Organiser", NOW, "Page")
    stays = Problem("c", Severity.ERROR, "may stay", "Page", 3, accepted=accepted)
    mark = AcceptedMark("0a1b", "Page--x", "Ada ~~~~ -->", NOW, ("0123456789ab", "abc"))
    there = replace(empty(), accepted=(stays,), idle=("* ok {{x}}",), look=LastLook(marks=(mark,)))
    text = report(there, ())
    assert "== Problems (0) ==" in text
    assert "== Acknowledged problems (1) ==" in text
    assert "acknowledged by [[User:Ada Organiser|Ada Organiser]], 2021-05-22 13:10" in text
    assert ":* <code>&#42; ok &#123;&#123;x&#125;&#125;</code>" in text
    whole = with_report(None, text, event(), NOW)
    assert whole is not None
    assert "~~~" not in whole
    assert (records_in(whole), records_in(text)) == ((mark,), ())  # only the bot's own part counts
    assert records_in(whole.replace("0123456789ab", "<!--")) == ()


# --- hostile text ---

HOSTILE = (
    "{{Delete all}}", "[[Category:Mine]]", "|} x", "|-", "|| b", "<!-- callboard:report end", "-->", "<nowiki>",
    "</code>", "~~~~", "\n|}\n== H ==\n", "__NOTOC__", "{{fullurl:x}}", "https://spam.example/",
    "<!-- callboard:demo/T1@Ada/scheduled/x -->", "'''", "x" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:20])
def test_hostile_text_of_a_page_stays_text(value: str) -> None:
    plain = with_problem(Problem("c", Severity.ERROR, "m", "Page", 3, "t"))
    text = with_problem(Problem("c", Severity.ERROR, value, "Page", 3, value))
    assert text.count("\n") == plain.count("\n")
    whole = with_report(None, text, event(), NOW)
    assert whole is not None
    assert whole.count("<!--") == 3  # the two marks and the heartbeat
    calls = mwparserfromhell.parse(text, skip_style_tags=True).filter_templates()
    assert [str(call) for call in calls] == ["{{fullurl:Page|action=edit}}"]
    assert "~~~" not in text
    assert "[[Category" not in text
    assert with_report(whole, text, event(), NOW) is None


def test_long_text_of_a_page_is_cut() -> None:
    text = with_problem(Problem("c", Severity.NOTE, "m", "Page", 3, "x" * 5000))
    quoted = re.search("<br /><code>(.*?)</code>", text)
    assert quoted is not None
    assert quoted[1] == "x" * (LONGEST - 1) + "…"


def test_long_message_is_cut() -> None:
    text = with_problem(Problem("c", Severity.NOTE, "x" * 5000, "Page", 3, "t"))
    assert f"|| {'x' * (LONGEST_MESSAGE - 1)}…<br />" in text


@pytest.mark.parametrize("more", [0, 5])
def test_long_list_of_problems_and_changes_is_cut(more: int) -> None:
    """A page that is all mistakes must not make a report that the wiki refuses as too long."""
    count = MOST_PROBLEMS + more
    many = tuple(Problem("c", Severity.NOTE, f"m{n}", "Page", n) for n in range(1, count))
    worst = Problem("c", Severity.ERROR, "worst", "Page", count)
    asks = tuple(ProposedEdit("r", Level.ASK, TextEdit(0, 1, f"n{n}"), 1, "o") for n in range(count))
    page = replace(plan().pages[0], asks=asks)
    text = report(replace(empty(), problems=(*many, worst), pages=(page,)), ())
    assert f"== Problems ({count}) ==" in text
    assert "|| worst\n" in text
    assert (text.count("⚪ note"), text.count("<code>n")) == (MOST_PROBLEMS - 1, MOST_PROBLEMS)
    assert text.count(f"{MOST_PROBLEMS} of {count} are listed.") == (2 if more else 0)


# --- when it is written, and where ---

BODY = "== Problems (0) ==\nNone.\n"


def written(page: str | None, body: str = BODY, now: datetime = NOW) -> str | None:
    return with_report(page, body, event(), now)


def test_page_is_written_when_it_is_missing_or_empty() -> None:
    assert written(None) == written("") == written(" \n")


@pytest.mark.parametrize(
    ("later", "again"),
    [
        (timedelta(), False),
        (timedelta(minutes=10), False),
        (HEARTBEAT - timedelta(seconds=1), False),
        (HEARTBEAT, True),
        (timedelta(days=3), True),
    ],
)
def test_page_that_says_the_same_is_renewed_as_a_heartbeat(later: timedelta, again: bool) -> None:
    page = written(None)
    assert (written(page, now=NOW + later) is not None) is again


def test_page_that_says_something_else_is_written() -> None:
    new = written(written(None), BODY.replace("None", "One"), NOW + timedelta(minutes=10))
    assert new is not None
    assert "One." in new
    assert "State of 2021-05-22 13:20 (UTC)" in new
    assert "None." not in new


def test_what_people_write_around_it_stays_byte_for_byte() -> None:
    page = written(None)
    assert page is not None
    above, below = "{{Shortcut|X}}\r\n  Hello  \n\n", "\n\n== Notes of the team ==\n* {{unclosed\n\t~~"
    new = written(above + page.rstrip("\n") + below, BODY + "More.\n")
    assert new is not None
    assert new.startswith(above)
    assert new.endswith(below)
    assert written(new, BODY + "More.\n") is None


@pytest.mark.parametrize(
    "above", [f"{START}\nhello\n{END}\n", f"{END}\n", f"{START}\nOur notes.\n", f"{END}\n{START}\n"]
)
def test_marks_that_people_copied_are_theirs(above: str) -> None:
    page = written(None, "Body.\n")
    assert page is not None
    assert written(above + page, "Other.\n") == above + page.replace("Body.", "Other.")


def test_page_saved_by_mediawiki_without_its_last_line_end_is_the_same() -> None:
    page = written(None)
    assert page is not None
    assert written(page.rstrip()) is None


@pytest.mark.parametrize("page", ["Welcome to our report!", "<!-- callboard:report start -->"])
def test_page_of_somebody_else_is_left_alone(page: str) -> None:
    with pytest.raises(NotOurPage, match=r"^the page exists without the bot's marks"):
        written(page)


def test_backslashes_in_the_report_stay() -> None:
    page = written(None)
    new = written(page, BODY + r"\1 \g<body> \n")
    assert new is not None
    assert r"\1 \g<body> \n" in new
