"""Proposals and projects on the wiki: what is told of them, that nothing of a task does anything, when pages are saved."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import mwparserfromhell
import pytest

from callboard.board_facts import counts, days_old, evidence, lacks, unverified, verified
from callboard.model import Claim, PageText, Proposal, State
from callboard.own_pages import own_pages
from callboard.plan import Plan, make_plan
from callboard.report import report, with_report
from callboard.report_projects import projects, projects_told, wanted
from callboard.report_proposal_rows import MOST
from callboard.report_proposals import FOLDED, MOST_CLAIMS, MOST_WAITING, proposals_told
from callboard.report_tasks import LONGEST
from callboard.snapshot import Snapshot
from tests.board_values import (
    ALL,
    BACK,
    BOTS,
    MAPS,
    NOW,
    PROJECT,
    QUIET,
    SCHEDULE,
    TAKEN,
    WIKIS,
    YES,
    event,
    plan,
    proposal,
    yes,
)
from tests.promises import FREE, LINKED, World
from tests.promises import event as tea
from tests.promises import proposal as of_marta


def told(of: Plan | None = None) -> str:
    return "\n".join(proposals_told(of or plan()))


def row(text: str, task: str) -> str:
    """The row of a task in the table of all."""
    (found,) = re.findall(rf'^\| data-sort-value="{task[1:]}" \|.*$', text, re.MULTILINE)
    return str(found)


# --- what it says ---


def test_heads_counts_and_order() -> None:
    text = told()
    assert text.startswith(
        "== Proposals (7) ==\n1 acknowledged, 1 incomplete, 2 proposed, 1 scheduled, 1 declined, 1 duplicate.\n"
    )
    assert re.findall(r"^=+ .* =+$", text, re.MULTILINE) == [
        "== Proposals (7) ==",
        "=== Acknowledged, not yet scheduled (1) ===",
        "=== All proposals ===",
    ]
    assert re.findall(r'^\| data-sort-value="(\d+)"', text, re.MULTILINE) == [
        "900002", "900003", "900004", "900006", "900001", "900005", "900007",
    ]  # fmt: skip


def test_counts_per_column_and_state() -> None:
    lines = told().splitlines()
    at = next(number for number, line in enumerate(lines) if "| Column !!" in line)
    assert lines[at].partition("| Column !! ")[2] == (
        "acknowledged !! incomplete !! proposed !! scheduled !! declined !! duplicate !! all"
    )
    found = [(lines[n].rpartition(" | ")[2], lines[n + 1]) for n in (at + 2, at + 5, at + 8)]
    assert found == [
        ("Approved", "| · || · || · || 1 || · || · || 1"),
        ("Proposals", "| 1 || 1 || 2 || · || 1 || 1 || 6"),
        ("all", "| 1 || 1 || 2 || 1 || 1 || 1 || 7"),
    ]


def test_counts_name_the_board_only_where_there_are_several() -> None:
    two = (BOTS, replace(MAPS, board="coffee", column=""))
    assert [(one.board, one.column, one.states.total()) for one in counts(plan(proposals=two).states)] == [
        ("coffee", "", 1),
        ("tea", "Approved", 1),
    ]
    assert "| coffee: no column\n" in told(plan(proposals=two))
    assert "| tea: " not in told()


def test_row_has_state_evidence_owner_format_slot_and_age() -> None:
    assert row(told(), "T900001") == (
        '| data-sort-value="900001" | [[phab:T900001|T900001]] || &#91;Session&#93; Bots for tea ||'
        " data-sort-value=\"3\" | '''scheduled'''<br /><small><span title=\"PHID-XACT-TASK-lea\">[[phab:T900001|comment]]</span>"
        " by lea, 2021-05-10 09:30: “Acknowledged, see you there”</small> || [[User:Ada|Ada]] || Workshop, 55 min ||"
        ' data-sort-value="2021-05-22T14:00:00+00:00" | Sat 22 May 14:00–15:00 UTC, Room 1 || 2021-05-01'
    )


def test_what_waits_says_what_is_missing_and_how_old_it_is() -> None:
    line = row(told(), "T900003")
    assert "'''incomplete'''<br /><small>lacks format, people</small>" in line
    assert "|| Cleo <small>(claimed, unverified)</small> ||" in line
    assert line.endswith("|| format<br />Speaker(s) || 2021-05-01<br /><small>20 days ago</small>")


def test_yes_that_was_taken_back_is_shown_with_what_took_it() -> None:
    line = row(told(), "T900006")
    assert "[[phab:T900006|earlier comment]]</span> by lea, 2021-05-10 09:30" in line
    assert (
        "[[phab:T900006|taken back in a comment]]</span> by lea, 2021-05-11 09:30: “Sorry, not acknowledged”"
        in line
    )
    assert "''Workshop, and 5 minutes''" in line


@pytest.mark.parametrize(
    ("of", "wanted"),
    [
        (proposal(1, "x"), []),
        (proposal(1, "x", acknowledged=yes(sign="tag")), [(True, "tag", "lea")]),
        (TAKEN, [(False, "earlier comment", "lea"), (False, "taken back in a comment", "lea")]),
        (
            proposal(1, "x", withdrawn=replace(BACK, by="", at=None, how="removed")),
            [(False, "earlier comment", "lea"), (False, "the comment was removed", "")],
        ),
        (
            proposal(1, "x", closed=True, was_acknowledged=yes(sign="column")),
            [(False, "earlier move to a column", "lea")],
        ),
    ],
)
def test_evidence(of: Proposal, wanted: list[tuple[bool, str, str]]) -> None:
    assert [(proof.holds, proof.how, proof.by) for proof in evidence(of)] == wanted


def test_people_are_verified_or_claimed_never_both() -> None:
    one = proposal(
        1,
        "x",
        owners=("Ada",),
        claims=(Claim("Ada", "mediawikiquery"), Claim("Bo", "unverified"), Claim("Cy", "people")),
    )
    assert (verified(one), unverified(one)) == (("Ada", "Cy"), ("Bo",))
    assert unverified(replace(one, claims=(), claimed_names=("Ada", "Dot"))) == ("Dot",)


def test_fields_are_called_as_the_template_calls_them() -> None:
    assert lacks(WIKIS, event()) == ["format", "Speaker(s)"]
    assert lacks(replace(WIKIS, missing=("minutes", "unheard of")), event()) == ["length", "unheard of"]


def test_age_changes_once_a_day() -> None:
    late = NOW.replace(hour=23, minute=59)
    assert [days_old(BOTS, event(), at) for at in (NOW, late, late + timedelta(minutes=1))] == [20, 20, 21]
    assert told(plan()) == told(replace(plan(), snapshot=replace(plan().snapshot, now=late)))


def test_waiting_sessions_have_the_slots_that_fit_and_stand_together() -> None:
    lua = proposal(20, "Lua again", acknowledged=yes(), minutes=115, owners=("Bo",))
    tea = proposal(21, "Tea", acknowledged=yes(), format="Workshop", owners=("Bo",))
    text = told(plan(proposals=(*ALL, lua, tea)))
    assert (
        "| [[phab:T900002|T900002]] Maps for all (Workshop, 55 min, [[User:Bo|Bo]])<br />"
        '[[phab:T900021|T900021]] Tea (Workshop, 55 min, [[User:Bo|Bo]]) || style="vertical-align:top" |'
        " Sat 22 May, Room 1: 16:00–17:00<br />Sat 22 May, Room 2: 14:00–15:00\n"
    ) in text
    assert (
        '| [[phab:T900020|T900020]] Lua again (115 min, [[User:Bo|Bo]]) || style="vertical-align:top" | none\n'
        in text
    )


def test_nothing_is_offered_while_a_page_is_on_hold() -> None:
    held = plan(event(schedule=["Tea/Schedule", "Tea/Sunday"]))  # type: ignore[arg-type]
    assert "A schedule page is on hold, so what stands there does not count as scheduled here." in told(held)
    assert "a schedule page is on hold, so nobody knows what is free" in told(held)


def test_page_that_had_sessions_and_is_on_hold_now_changes_no_page_of_proposals() -> None:
    of = event(schedule=["Tea/Schedule", "Tea/Sunday"], proposals="P")  # type: ignore[arg-type]
    seen = plan(of)
    held = replace(seen, snapshot=replace(seen.snapshot, sessions_before={"Tea/Sunday": 4}))
    assert told(held) == (
        "== Proposals (7) ==\nNot worked out just now: a schedule page is on hold, and everything on it would seem to have no slot."
    )
    assert [page.title for page in own_pages(held, ())] == ["Tea/Callboard"]
    assert "== Proposals (7) ==\nAll of them stand on [[P]].\n" in report(held, ())
    assert [page.title for page in own_pages(seen, ())] == ["Tea/Callboard", "P"]


def test_event_without_a_board_says_nothing() -> None:
    seen = plan()
    without = event().model_copy(update={"board": ()})
    assert told(replace(seen, snapshot=replace(seen.snapshot, event=without))) == ""
    assert told(replace(seen, snapshot=replace(seen.snapshot, proposals=None))) == ""
    assert told(plan(proposals=())) == "== Proposals (0) ==\nNone that the board shows."


@pytest.mark.parametrize("count", [300, MOST + 5])
def test_many_proposals_are_listed_and_what_is_finished_is_folded_away(count: int) -> None:
    many = [proposal(100 + number, f"Session {number}", acknowledged=yes()) for number in range(count // 2)]
    gone = [proposal(2000 + n, f"Gone {n}", status="declined", closed=True) for n in range(count - len(many))]
    text = told(plan(proposals=(*many, *gone)))
    rows = re.findall(r'^\| data-sort-value="\d+"', text, re.MULTILINE)
    assert len(rows) == min(count, MOST)
    assert text.count("mw-collapsed") == (2 if len(many) > FOLDED else 1)
    assert (f"{MOST} of {count} are listed." in text) is (count > MOST)
    assert (f"{MOST_WAITING} of {len(many)} are listed." in text) is (len(many) > MOST_WAITING)
    assert len(text) < 700 * count


def test_long_list_of_claims_is_cut() -> None:
    claims = tuple(Claim(f"Person {number}", "unverified") for number in range(MOST_CLAIMS + 2))
    text = told(plan(proposals=[proposal(1, "x", claims=claims, owners=())]))
    assert f"'''Claimed, unverified ({MOST_CLAIMS + 2}):''' Person 0 ([[phab:T900001|T900001]])" in text
    assert "and 2 more. Nobody tells them of the team" in text


# --- projects ---


def test_projects_are_no_proposals_and_open_ones_come_first() -> None:
    assert projects(plan(proposals=(QUIET, PROJECT, replace(QUIET, task="T900099", visible=False)))) == [
        PROJECT,
        QUIET,
    ]
    assert "\n".join(projects_told(plan())).splitlines()[:2] == [
        "== Projects (2) ==",
        "Help wanted: 1 of 2. To join one, say so on its task.",
    ]
    assert "tea timer" not in told()


def test_project_has_owner_help_link_and_status() -> None:
    assert '| data-sort-value="900008" | [[phab:T900008|T900008]] || A tea timer || [[User:Ada|Ada]] || JavaScript || open<br /><small>Projects</small>' in list(
        projects_told(plan())
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "meant"),
    [("JavaScript", "JavaScript"), ("None.", ""), ("no", ""), (" – ", ""), ("", ""), ("no idea", "no idea")],
)
def test_help_that_is_wanted(said: str, meant: str) -> None:
    assert wanted(replace(PROJECT, fields={"help": said})) == meant


# --- what a task says does nothing ---

HOSTILE = [
    "[[Category:Mine]]", "{{Delete all}}", "{{subst:x}}", "~~~~", "<script>alert(1)</script>", "|} x", "|-\n| x", "|| b !! c",
    "<!-- x", "-->", "<nowiki>", "</div>", "== H ==", "'''x", "__NOTOC__", "https://example.org", "\u202eabc\u2066", "\x00\x1b[2J",
    "[[User:Ada]]", "<!-- callboard:report end; the bot writes above this line -->", "&lt;b&gt;", "* x", "!x", "+ x", "x" * 10_000,
    "[[" * 5000, "שלום", "a\n\n\nb",
]  # fmt: skip


def hostile(words: str, first: int = 0) -> Iterator[Proposal]:
    facts = {
        "author": words, "column": words, "board": words, "format": words, "owners": (words, "Ada"), "missing": (words,),
        "claims": (Claim(words, "unverified"),), "contradictions": (words,), "fields": {"help": words}, "status": words,
    }  # fmt: skip
    yield proposal(first + 1, words, **facts, acknowledged=yes(words, words, words))
    yield proposal(
        first + 2,
        words,
        **facts,
        withdrawn=replace(BACK, by=words, how=words, quote=words, transaction=words),
    )
    yield proposal(first + 3, words, **facts, kind="project")


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:20]))
def test_words_of_a_task_are_shown_and_do_nothing(words: str) -> None:
    seen = plan(proposals=tuple(hostile(words)), schedule=SCHEDULE.replace("{{phab|T900001}}", ""))
    calm = plan(proposals=tuple(hostile("calm")), schedule=SCHEDULE.replace("{{phab|T900001}}", ""))
    lines, usual = ([*proposals_told(one), *projects_told(one)] for one in (seen, calm))
    assert [line[:2] for line in lines] == [line[:2] for line in usual]
    text = "\n".join(lines)
    code = mwparserfromhell.parse(text, skip_style_tags=True)
    assert code.filter_templates() == []
    assert code.filter_comments() == []
    links = {str(link.title) for link in code.filter_wikilinks()}
    assert links <= {
        "phab:T900001",
        "phab:T900002",
        "phab:T900003",
        "User:Ada",
        "User:Bo",
        "User:Grace",
        f"User:{words}",
    }
    assert {str(tag.tag) for tag in code.filter_tags()} <= {
        "div",
        "span",
        "small",
        "br",
        "bdi",
        "table",
        "tr",
        "td",
        "th",
    }
    assert not re.search(r"~~~|__NOTOC__|[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]|(?<!&#58;)//", text)
    assert max(map(len, lines)) < 12_000


def test_long_title_is_cut() -> None:
    text = told(plan(proposals=[proposal(1, "x" * 10_000)]))
    assert f"|| <bdi>{'x' * (LONGEST - 1)}…</bdi> ||" in text


# --- where it stands, and when it is saved ---


def test_report_page_has_it_unless_it_has_a_page_of_its_own() -> None:
    assert "=== All proposals ===" in report(plan(), ())
    seen = plan(event(proposals="Tea/Proposals"))
    assert "=== All proposals ===" not in report(seen, ())
    assert "== Proposals (7) ==\n1 acknowledged, 1 incomplete" in report(seen, ())
    assert "All of them stand on [[Tea/Proposals]].\n" in report(seen, ())
    assert "== Proposals" not in report(plan(proposals=()), ())


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ({}, [("Tea/Callboard", "report")]),
        ({"projects": "P"}, [("Tea/Callboard", "report"), ("P", "projects")]),
        (
            {"proposals": "P", "projects": "Q"},
            [("Tea/Callboard", "report"), ("P", "proposals"), ("Q", "projects")],
        ),
        ({"proposals": "P", "projects": "P"}, [("Tea/Callboard", "report"), ("P", "proposals")]),
        ({"proposals": "Tea/Callboard", "projects": "Tea/Callboard"}, [("Tea/Callboard", "report")]),
        ({"report": "", "proposals": "P"}, [("P", "proposals")]),
        ({"report": ""}, []),
    ],
)
def test_pages_of_the_bot(named: dict[str, str], wanted: list[tuple[str, str]]) -> None:
    pages = list(own_pages(plan(event(**named)), ()))
    assert [(page.title, page.what) for page in pages] == wanted
    everything = "".join(page.body for page in pages)
    assert everything.count("== Projects (2) ==") == ("projects" in named)
    assert everything.count("=== All proposals ===") == (named.get("report") != "" or "proposals" in named)


def test_page_that_does_not_beat_is_written_at_changes_only() -> None:
    page = with_report(None, "a\n", event(), NOW, beats=False)
    assert page is not None
    assert "it is renewed at every change. To stop" in page
    later = NOW + timedelta(days=30)
    assert with_report(page, "a\n", event(), later, beats=False) is None
    assert with_report(page, "a\n", event(), later) is not None
    assert with_report(page, "b\n", event(), NOW, beats=False) is not None


PAGES = {
    "pages": {
        "site": "callboard", "schedule": ["Schedule"], "report": "Report", "proposals": "Proposals", "projects": "Projects",
        "about": "User:Callboard/About", "off_switch": "User:Callboard/run",
    }
}  # fmt: skip


def world() -> World:
    waiting = replace(of_marta("T900002", title="Lua"), board="tea")
    project = replace(of_marta("T900003", title="A timer", yes=False), kind="project")
    return World(LINKED, FREE, proposals=[of_marta(), waiting, project], of=tea("starts_soon", **PAGES))


def test_each_page_is_saved_once_and_then_only_where_something_changed() -> None:
    there = world()
    assert [title for title in there.saved() if title in {"Report", "Proposals", "Projects"}] == [
        "Report",
        "Proposals",
        "Projects",
    ]
    assert there.saved() == []
    assert "1 acknowledged, 1 scheduled." in (there.wiki.text("Proposals") or "")
    there.board.now["T900003"] = replace(there.board.now["T900003"], title="A better timer")
    assert there.saved() == ["Projects"]
    there.board.now.pop("T900002")
    assert there.saved() == ["Report", "Proposals"]
    assert there.saved() == []


def test_page_of_somebody_else_is_left_alone_and_the_others_are_written() -> None:
    there = world()
    there.wiki.edit("Proposals", "Our own list", user="Ada Organiser")
    done = there.tick()
    assert there.wiki.text("Proposals") == "Our own list"
    assert [(held.page, held.what) for held in done.results.held] == [("Proposals", "proposals")]
    assert {written.page for written in done.results.written} >= {"Report", "Projects"}


def test_what_people_write_around_it_stays() -> None:
    there = world()
    there.tick()
    bots = there.wiki.text("Proposals") or ""
    there.wiki.edit("Proposals", f"Hello\n{bots}\nBye", user="Ada Organiser")
    there.board.now.pop("T900002")
    there.tick()
    now = there.wiki.text("Proposals") or ""
    assert (now.startswith("Hello\n<!-- callboard:report start"), now.endswith("-->\nBye")) == (True, True)


def test_states_follow_the_page_as_it_will_stand() -> None:
    page = PageText("Tea/Schedule", 7, SCHEDULE.replace("{{phab|T900001}}", ""))
    one = replace(BOTS, title="Bots for tea")
    (state,) = make_plan(Snapshot(event(), NOW, {page.title: page}, proposals={one.task: one})).states
    assert (state.state, state.proposal.acknowledged and state.proposal.acknowledged.at) == (
        State.SCHEDULED,
        YES,
    )
