"""The ledger: what it remembers, for how long, and what two processes or a kill leave of it."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from callboard.errors import CallboardError, ConfigError
from callboard.ledger import (
    FORGET_EXISTING,
    FORGET_MISSING,
    HELD_FOR,
    TASK_CLAIMED_FOR,
    TASK_HELD_FOR,
    Ledger,
    OnTask,
    Sent,
)
from callboard.model import Account, Notice, PageText

ROOT = Path(__file__).parent.parent
NOW = datetime(2021, 5, 22, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def notice(
    subject: str = "T900001", recipient: str = "Ada", event: str = "demo", kind: str = "scheduled"
) -> Notice:
    return Notice(event, kind, subject, "2021-05-22T14:00Z Room 1", recipient, NOW, NOW + timedelta(hours=2))


def sent(ledger: Ledger, one: Notice, at: datetime, revid: int) -> None:
    """The notice stands on the wiki."""
    ledger.found(one.event, Sent(one.key, one.recipient, one.kind, "sent", at, revid, ""))


def settled_keys(ledger: Ledger, slug: str, now: datetime) -> set[str]:
    """The notices of the event that need no thought."""
    return {one.key for one in ledger.notices(slug) if one.settled(now)}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/below/ledger.sqlite"


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    opened = Ledger.open(url)
    yield opened
    opened.close()


# --- notices ---


def test_notices_of_a_new_ledger(ledger: Ledger) -> None:
    assert (ledger.notices("demo"), settled_keys(ledger, "demo", NOW)) == ((), set())


def test_claimed_notice_is_not_settled(ledger: Ledger) -> None:
    ledger.claim_all([notice()], NOW)
    assert ledger.notices("demo") == (Sent(notice().key, "Ada", "scheduled", "claimed", NOW, None, ""),)
    assert settled_keys(ledger, "demo", NOW + timedelta(days=1)) == set()


def test_sent_notice_replaces_its_claim(ledger: Ledger) -> None:
    ledger.claim_all([notice()], NOW)
    sent(ledger, notice(), NOW + SECOND, 77)
    assert ledger.notices("demo") == (Sent(notice().key, "Ada", "scheduled", "sent", NOW + SECOND, 77, ""),)
    assert settled_keys(ledger, "demo", NOW) == {notice().key}


def test_skipped_notice_stays_settled_with_its_reason(ledger: Ledger) -> None:
    ledger.skipped(notice(), NOW, "the account is a bot")
    assert [(entry.state, entry.why) for entry in ledger.notices("demo")] == [
        ("skipped", "the account is a bot")
    ]
    assert settled_keys(ledger, "demo", NOW + timedelta(days=400)) == {notice().key}


@pytest.mark.parametrize(
    ("later", "settled"),
    [
        (timedelta(), True),
        (HELD_FOR - SECOND, True),
        (HELD_FOR, False),
        (HELD_FOR + timedelta(days=9), False),
    ],
)
def test_held_notice_is_tried_again_after_a_while(ledger: Ledger, later: timedelta, settled: bool) -> None:
    ledger.held(notice(), NOW, "the talk page is protected")
    assert (notice().key in settled_keys(ledger, "demo", NOW + later)) is settled


def test_held_notice_that_is_claimed_again_is_open(ledger: Ledger) -> None:
    ledger.held(notice(), NOW, "the talk page is protected")
    ledger.claim_all([notice()], NOW + SECOND)
    assert settled_keys(ledger, "demo", NOW + SECOND) == set()
    assert [(entry.state, entry.why) for entry in ledger.notices("demo")] == [("claimed", "")]


def test_notices_come_oldest_first_and_by_event(ledger: Ledger) -> None:
    sent(ledger, notice("T2"), NOW + SECOND, 2)
    sent(ledger, notice("T1"), NOW, 1)
    sent(ledger, notice("T3", event="other"), NOW, 3)
    assert [entry.revid for entry in ledger.notices("demo")] == [1, 2]
    assert settled_keys(ledger, "other", NOW) == {notice("T3", event="other").key}


def test_found_notice_counts_as_sent(ledger: Ledger) -> None:
    found = Sent(notice().key, "Ada", "scheduled", "sent", NOW, 12, "")
    ledger.found("demo", found)
    assert ledger.notices("demo") == (found,)


@pytest.mark.parametrize(
    "subject", ["x" * 3000, "Ünïcødé 🎉 " * 40, "'; DROP TABLE notice; --", "%_%", "a/b@c"]
)
def test_notice_with_an_awkward_key(ledger: Ledger, subject: str) -> None:
    sent(ledger, notice(subject), NOW, 1)
    sent(ledger, notice(subject + "x"), NOW, 2)
    assert settled_keys(ledger, "demo", NOW) == {notice(subject).key, notice(subject + "x").key}


def test_times_in_another_zone_come_back_as_the_same_instant(ledger: Ledger) -> None:
    sent(ledger, notice(), NOW.astimezone(ZoneInfo("Asia/Kathmandu")), 1)
    assert [entry.at for entry in ledger.notices("demo")] == [NOW]


# --- pages, accounts, edits, facts ---

PAGE = PageText(
    "Event/Schedule",
    5,
    "text\nwith 🎉",
    user="Ada",
    timestamp=NOW,
    model="wikitext",
    redirect=True,
    templates=("Template:Bots",),
    can_edit=False,
    edit_level="sysop",
    categories=("Category:No messages",),
    liquid_threads=True,
)


def test_pages_come_back_as_they_were(ledger: Ledger) -> None:
    missing = PageText("Event/Nothing", None)
    ledger.remember_pages({"Event/Schedule": PAGE, "event/nothing": missing})
    assert ledger.pages(["Event/Schedule", "event/nothing", "Event/Unknown"]) == {
        "Event/Schedule": PAGE,
        "event/nothing": missing,
    }


def test_page_that_was_read_again_replaces_the_old_one(ledger: Ledger) -> None:
    ledger.remember_pages({"Event/Schedule": PAGE})
    newer = PageText("Event/Schedule", 6, "newer")
    ledger.remember_pages({"Event/Schedule": newer})
    assert ledger.pages(["Event/Schedule"]) == {"Event/Schedule": newer}


@pytest.mark.parametrize(
    ("account", "lasts"),
    [
        (Account("Ada", exists=True, blocked_forever=True), FORGET_EXISTING),
        (Account("Ada", exists=True, locked=True, languages=("de", "en")), FORGET_EXISTING),
        (Account("Adda", exists=False, renamed_to="Ada"), FORGET_EXISTING),
        (Account("Adda", exists=False), FORGET_MISSING),
    ],
)
def test_account_is_known_for_a_while(ledger: Ledger, account: Account, lasts: timedelta) -> None:
    ledger.remember_accounts({"ada": account}, NOW)
    assert ledger.accounts(["ada", "grace"], NOW + lasts - SECOND) == {"ada": account}
    assert ledger.accounts(["ada", "grace"], NOW + lasts) == {}
    assert ledger.outdated_accounts(["ada", "grace"], NOW + lasts - SECOND) == {}
    assert ledger.outdated_accounts(["ada", "grace"], NOW + lasts) == {"ada": account}


def test_accounts_asked_for_longest_ago_come_first(ledger: Ledger) -> None:
    accounts = [Account(name, exists=True) for name in ("Ada", "Bo", "Cyd")]
    for account, days in zip(accounts, (2, 3, 1), strict=True):
        ledger.remember_accounts({account.name: account}, NOW - timedelta(days=days))
    outdated = ledger.outdated_accounts(["Ada", "Bo", "Cyd"], NOW + FORGET_EXISTING)
    assert list(outdated) == ["Bo", "Ada", "Cyd"]


def test_lines_come_back_with_their_latest_count(ledger: Ledger) -> None:
    ledger.remember_edits("Event/Schedule", {"| || TBD": 1, "| a\tb 🎉": 1})
    ledger.remember_edits("Event/Schedule", {"| || TBD": 2})
    ledger.remember_edits("Event/Helpers", {"| || TBD": 1})
    assert ledger.edits() == {
        ("Event/Schedule", "| || TBD"): 2,
        ("Event/Schedule", "| a\tb 🎉"): 1,
        ("Event/Helpers", "| || TBD"): 1,
    }


def test_facts_are_kept_replaced_and_forgotten(ledger: Ledger) -> None:
    ledger.remember_fact("board", "one")
    ledger.remember_fact("board", "two" * 100_000)
    assert (ledger.fact("board"), ledger.fact("other")) == ("two" * 100_000, None)
    ledger.remember_fact("board", None)
    assert ledger.fact("board") is None


# --- the database ---


def test_everything_is_there_after_reopening(url: str) -> None:
    first = Ledger.open(url)
    sent(first, notice(), NOW, 7)
    first.remember_pages({"P": PAGE})
    first.remember_accounts({"Ada": Account("Ada", exists=True)}, NOW)
    first.remember_edits("P", {"a": 1})
    first.remember_fact("f", "v")
    first.close()
    again = Ledger.open(url)
    assert (
        settled_keys(again, "demo", NOW),
        again.pages(["P"]),
        again.accounts(["Ada"], NOW),
        again.edits(),
        again.fact("f"),
    ) == (
        {notice().key},
        {"P": PAGE},
        {"Ada": Account("Ada", exists=True)},
        {("P", "a"): 1},
        "v",
    )
    again.close()


def python(code: str, *args: str) -> subprocess.Popen[str]:
    """Another process with Callboard at hand."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *args],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


# Both insert what neither saw: the second to commit must not fail.
WRITES = """
import sys, time
from sqlalchemy import event, Engine
from tests.test_ledger import NOW, PAGE, notice, sent
from callboard.ledger import Ledger
ledger = Ledger.open(sys.argv[1])

def wait(_connection, _cursor, statement, *_):
    if statement.startswith("INSERT"):
        time.sleep(0.3)

event.listen(Engine, "before_cursor_execute", wait)
print("ready", flush=True)
sys.stdin.readline()
ledger.claim_all([notice("both")], NOW)
ledger.remember_pages({"P": PAGE, sys.argv[2]: PAGE})
ledger.remember_fact("last", "both")
event.remove(Engine, "before_cursor_execute", wait)
for number in range(20):
    for who in ("both", sys.argv[2]):
        ledger.claim_all([notice(f"{who}{number}")], NOW)
        sent(ledger, notice(f"{who}{number}"), NOW, number)
"""


def ended(processes: list[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    """Exit code and standard error of each, once all were ready and then started at one moment."""
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[1] for process in processes]
    return [(process.returncode, text) for process, text in zip(processes, said, strict=True)]


def test_two_processes_write_at_once(url: str) -> None:
    Ledger.open(url).close()
    both = [python(WRITES, url, name) for name in ("left", "right")]
    assert ended(both) == [(0, ""), (0, "")]
    ledger = Ledger.open(url)
    expected = {notice(f"{who}{number}").key for who in ("both", "left", "right") for number in range(20)}
    assert settled_keys(ledger, "demo", NOW) == expected
    assert ledger.pages(["P", "left", "right"]) == {"P": PAGE, "left": PAGE, "right": PAGE}
    assert ledger.fact("last") == "both"
    ledger.close()


MAKES = """
import sys, time
from sqlalchemy import event, Engine
from callboard.ledger import Ledger

def wait(_connection, _cursor, statement, *_):
    if "CREATE TABLE" in statement:
        time.sleep(0.2)

event.listen(Engine, "before_cursor_execute", wait)
print("ready", flush=True)
sys.stdin.readline()
Ledger.open(sys.argv[1]).close()
"""


def test_two_processes_make_the_database_at_once(url: str) -> None:
    both = [python(MAKES, url) for _ in range(2)]
    assert ended(both) == [(0, "")] * 2


KILLED = """
import os, signal, sys
from sqlalchemy import event, Engine
from tests.test_ledger import NOW, notice, sent
from callboard.ledger import Ledger
ledger = Ledger.open(sys.argv[1])
ledger.claim_all([notice("T1")], NOW)
ledger.claim_all([notice("T2")], NOW)
event.listen(Engine, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
sent(ledger, notice("T1"), NOW, 11)
"""


@pytest.mark.parametrize(
    "moment", ["before_cursor_execute", "after_cursor_execute", "commit"]
)  # before the first statement, after it, with everything written but not committed
def test_process_killed_while_it_notes_a_notice(url: str, moment: str) -> None:
    killed = python(KILLED, url, moment)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    ledger = Ledger.open(url)
    assert [(entry.key, entry.state) for entry in ledger.notices("demo")] == [
        (notice("T1").key, "claimed"),
        (notice("T2").key, "claimed"),
    ]
    sent(ledger, notice("T1"), NOW, 11)  # nobody holds a lock
    assert settled_keys(ledger, "demo", NOW) == {notice("T1").key}
    ledger.close()


def test_half_written_sqlite_transaction_is_rolled_back_on_opening(tmp_path: Path, url: str) -> None:
    ledger = Ledger.open(url)
    ledger.claim_all([notice()], NOW)
    ledger.close()
    writer = sqlite3.connect(tmp_path / "below/ledger.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE notice SET state = 'sent'")
    writer.close()  # as when the process is gone
    again = Ledger.open(url)
    assert [entry.state for entry in again.notices("demo")] == ["claimed"]
    again.close()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nonsense", "Could not parse SQLAlchemy URL from given URL string"),
        ("nosuch://host/x", "Can't load plugin: sqlalchemy.dialects:nosuch"),
        ("sqlite:////proc/nowhere/x.sqlite", "[Errno 2] No such file or directory: '/proc/nowhere'"),
        ("sqlite:////proc", "unable to open database file"),
    ],
)
def test_ledger_that_cannot_be_opened(url: str, why: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Ledger.open(url)
    assert str(caught.value) == f"the ledger cannot be opened: {why}"


def test_ledger_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("not a database, but long enough to be looked at " * 30)
    with pytest.raises(ConfigError, match=r"^the ledger cannot be opened: file is not a database$"):
        Ledger.open(f"sqlite:///{tmp_path}/x.sqlite")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ("PRAGMA query_only=1", "attempt to write a readonly database"),
        ("DROP TABLE notice", "no such table: notice"),
    ],
)
def test_ledger_that_fails_later_is_told_in_one_line(ledger: Ledger, spoil: str, why: str) -> None:
    with ledger._engine.connect() as connection:
        connection.exec_driver_sql(spoil)
    with pytest.raises(CallboardError, match=rf"^the ledger cannot be used now: {why}$"):
        ledger.claim_all([notice()], NOW)


def test_ledger_of_another_version(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.sqlite") as old:
        old.execute("CREATE TABLE edit (digest VARCHAR(64) PRIMARY KEY, body TEXT)")
    old.close()
    with pytest.raises(ConfigError, match=r"^another version of Callboard made this ledger: delete it"):
        Ledger.open(f"sqlite:///{tmp_path}/x.sqlite")


# --- what was written on tasks ---

KEY, TASK = "demo/T900001/slot/1 x", "T900001"


def test_what_was_written_on_tasks_comes_oldest_first_and_by_event(ledger: Ledger) -> None:
    assert ledger.on_tasks("demo") == ()
    newer, older = OnTask("k2", "T2", "sent", NOW + SECOND), OnTask("k1", "T1", "held", NOW, "no right")
    for entry in (newer, older):
        ledger.note_on_task("demo", entry)
    ledger.note_on_task("other", OnTask("k3", "T3", "sent", NOW))
    assert ledger.on_tasks("demo") == (older, newer)
    assert ledger.notices("demo") == ()


def test_one_claim_on_a_task_is_given_at_a_time(ledger: Ledger) -> None:
    assert ledger.claim_on_task("demo", KEY, TASK, NOW)
    assert not ledger.claim_on_task("demo", KEY, TASK, NOW + TASK_CLAIMED_FOR - SECOND)
    assert ledger.claim_on_task("demo", "another key", TASK, NOW)
    assert ledger.claim_on_task("other", KEY, TASK, NOW)
    assert ledger.claim_on_task("demo", KEY, TASK, NOW + TASK_CLAIMED_FOR)
    assert [entry.at for entry in ledger.on_tasks("demo") if entry.key == KEY] == [NOW + TASK_CLAIMED_FOR]


@pytest.mark.parametrize(
    ("state", "later", "settled", "given"),
    [
        ("sent", timedelta(days=99), True, False),
        ("held", TASK_HELD_FOR - SECOND, True, True),
        ("held", TASK_HELD_FOR, False, True),
        ("claimed", TASK_CLAIMED_FOR - SECOND, True, False),
        ("claimed", TASK_CLAIMED_FOR, False, True),
        ("claimed", -TASK_CLAIMED_FOR, False, True),  # a rehearsal of an earlier moment
    ],
)
def test_how_long_a_word_on_a_task_counts(
    ledger: Ledger, state: str, later: timedelta, settled: bool, given: bool
) -> None:
    entry = OnTask(KEY, TASK, state, NOW, "why")
    ledger.note_on_task("demo", entry)
    assert entry.settled(NOW + later) is settled
    assert ledger.claim_on_task("demo", KEY, TASK, NOW + later) is given
    assert [one.state for one in ledger.on_tasks("demo")] == ["claimed" if given else state]


CLAIMS = """
import sys
from tests.test_ledger import KEY, NOW, TASK
from callboard.ledger import Ledger
ledger = Ledger.open(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    if ledger.claim_on_task("demo", f"{KEY}{number}", TASK, NOW):
        sys.stderr.write(f"{number}\\n")
"""


def test_of_two_processes_one_is_given_each_claim(url: str) -> None:
    Ledger.open(url).close()
    both = ended([python(CLAIMS, url, name) for name in ("left", "right")])
    assert [code for code, _ in both] == [0, 0]
    given = [int(number) for _, said in both for number in said.split()]
    assert sorted(given) == list(range(40))
