"""The development wiki itself: starts, resets, counts, ends."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import pytest_socket
import requests

from dev import wiki_server
from dev.devwiki import DevWiki, WikiBusy
from dev.wiki_paths import INSTANCES, ROOT
from dev.wiki_person import WikiSaidNo

ADA = "Ada Organiser"
STARTER = """
import os, signal, sys, time
from dev.devwiki import DevWiki
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets its background jobs ignore it
wiki = DevWiki.start(sys.argv[1])
print(wiki.url, flush=True)
{then}
time.sleep(60)
"""


def wait_until_gone(directory: Path) -> list[int]:
    deadline = time.monotonic() + 10
    while wiki_server.processes(directory) and time.monotonic() < deadline:
        time.sleep(0.05)
    return wiki_server.processes(directory)


def start_elsewhere(name: str, then: str = "") -> tuple[subprocess.Popen[str], str]:
    """Another process that has started an instance, and the instance's address."""
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER.format(then=then), name], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    return starter, starter.stdout.readline().strip()


def test_edit_and_read_back(wiki: DevWiki) -> None:
    person = wiki.person("Пример")
    first = person.edit("Callboard/Schedule", "one", "begun")
    second = person.edit("Callboard/Schedule", "two", minor=True)
    assert person.text("Callboard/Schedule") == "two"
    assert [
        (revision["revid"], revision["user"], revision["comment"], revision["minor"], revision["size"])
        for revision in person.history("Callboard/Schedule")
    ] == [(second, "Пример", "", True, 3), (first, "Пример", "begun", False, 3)]


def test_reset_forgets_edits_and_keeps_people_logged_in(
    wiki: DevWiki, record_property: Callable[[str, object], None]
) -> None:
    ada = wiki.person(ADA)
    ada.edit("Forgotten", "soon")
    began = time.monotonic()
    wiki.reset()
    record_property("reset_seconds", round(time.monotonic() - began, 3))
    assert ada.text("Forgotten") is None
    assert [request.action for request in wiki.requests(people=True)] == ["query"]


def test_message_on_talk_page_notifies(wiki: DevWiki) -> None:
    wiki.person(ADA).edit("User talk:例子", "== Hello ==\nThere ~~~~\n")
    reader = wiki.person("例子")
    assert reader.has_messages()
    assert [notification["type"] for notification in reader.notifications()] == ["edit-user-talk"]


def test_distant_edits_are_merged(wiki: DevWiki) -> None:
    ada, bo = wiki.person(ADA), wiki.person("Testuser Bo")
    lines = [f"line {number}" for number in range(9)]
    base = ada.edit("Merge", "\n".join(lines))
    bo.replace("Merge", "line 8", "line eight")
    ada.api("edit", title="Merge", text="\n".join(["line zero", *lines[1:]]), baserevid=base)
    assert ada.text("Merge") == "\n".join(["line zero", *lines[1:8], "line eight"])


@pytest.mark.parametrize(
    ("wikitext", "html"),
    [
        ("{{phab|T1}}", '<a href="https://phabricator.wikimedia.org/T1"'),
        ("{{#if:x|yes}}", "yes"),
        ("{{#invoke:Zone|hours|09:30|16}}", "01:30"),
        ("<translate><!--T:1-->\n{|\n| cell\n|}</translate>", "<td>cell"),
    ],
)
def test_wikitext_of_event_pages_is_understood(devwiki: DevWiki, wikitext: str, html: str) -> None:
    assert html in devwiki.person(ADA).render(wikitext)


@pytest.mark.parametrize(
    ("name", "title", "text", "code"),
    [
        ("Blocked Person", "Any", "text", "blocked"),
        ("Testuser Bo", "A Forbidden title", "text", "titleblacklist-forbidden"),
        ("Testuser Bo", "Any", "https://spam.example.com/", "spamblacklist"),
        ("Testuser Bo", "MediaWiki:Sidebar", "text", "protectednamespace-interface"),
    ],
)
def test_edit_is_refused(wiki: DevWiki, name: str, title: str, text: str, code: str) -> None:
    with pytest.raises(WikiSaidNo) as caught:
        wiki.person(name).edit(title, text)
    assert caught.value.code == code
    assert wiki.person(ADA).text(title) is None


def test_abuse_filter_warns_once_and_disallows(wiki: DevWiki) -> None:
    bo = wiki.person("Testuser Bo")
    wiki.abuse_filter("No shouting", 'added_lines rlike "!!!"')
    wiki.abuse_filter("Sure?", 'added_lines rlike "sure"', "warn")
    with pytest.raises(WikiSaidNo, match="abusefilter-disallowed"):
        bo.edit("Filtered", "Hello!!!")
    with pytest.raises(WikiSaidNo, match="abusefilter-warning"):
        bo.edit("Filtered", "I am sure")
    bo.edit("Filtered", "I am sure")
    assert bo.text("Filtered") == "I am sure"


def test_protection_move_and_deletion(wiki: DevWiki) -> None:
    ada, bo = wiki.person(ADA), wiki.person("Testuser Bo")
    ada.edit("Old", "text")
    ada.move("Old", "New")
    assert ada.text("Old") == "#REDIRECT [[New]]"
    ada.protect("New")
    with pytest.raises(WikiSaidNo, match="protectedpage"):
        bo.edit("New", "other")
    ada.delete("New")
    assert ada.text("New") is None


def test_requests_of_others_are_counted(wiki: DevWiki) -> None:
    wiki.person(ADA).edit("Counted", "text")
    assert wiki.request_count() == 0
    with requests.Session() as session:
        session.trust_env = False
        session.get(wiki.api, params={"action": "query", "titles": "Ж", "format": "json"}, timeout=30)
        session.post(wiki.api, data={"action": "edit", "token": "+\\"}, timeout=30)
    assert [(request.method, request.path, request.action) for request in wiki.requests()] == [
        ("GET", "/api.php", "query"),
        ("POST", "/api.php", "edit"),
    ]
    assert wiki.requests()[0].params == {"action": "query", "titles": "Ж", "format": "json"}
    assert "token" not in wiki.requests()[1].params


def test_sql_and_maintenance_reach_the_same_wiki(wiki: DevWiki) -> None:
    wiki.person(ADA).edit("Listed", "text")
    assert wiki.sql("SELECT page_title FROM page WHERE page_title = ?", "Listed") == [("Listed",)]
    assert wiki.maintenance("getText", "Listed").strip() == "text"


def test_pywikibot_in_this_process_is_the_bot(wiki: DevWiki) -> None:
    import pywikibot

    site = pywikibot.Site()
    site.login()
    assert (str(site), site.user(), site.has_right("bot")) == ("callboard:callboard", "Callboard", True)
    assert pywikibot.config.base_dir == str(wiki.directory / "pywikibot")
    assert os.environ["CALLBOARD_CONFIG_LOADED"] == str(os.getpid())
    with pytest.raises(pywikibot.exceptions.UnknownFamilyError):
        pywikibot.Site("test", "wikipedia")
    token = site.tokens["csrf"]
    wiki.reset()
    site.simple_request(action="edit", title="After reset", text="here", token=token, bot=True).submit()
    assert [(request.method, request.action) for request in wiki.requests()] == [("POST", "edit")]


def test_two_instances_know_nothing_of_each_other(wiki: DevWiki) -> None:
    with DevWiki.start(f"second-{os.getpid()}") as second:
        assert second.url != wiki.url
        second.person(ADA).edit("Only here", "text")
        assert wiki.person(ADA).text("Only here") is None
        with pytest.raises(WikiBusy, match="runs already"):
            DevWiki.start(second.name)
    assert wait_until_gone(second.directory) == []
    assert not second.directory.exists()
    assert wiki.person(ADA).text("Only here") is None


def test_answer_need_not_wait_for_what_follows_from_an_edit(wiki: DevWiki) -> None:
    def length_of_the_answer(asked: DevWiki) -> str | None:
        answer = requests.get(asked.api, {"action": "query", "format": "json"}, timeout=20)
        assert answer.json() == {"batchcomplete": ""}
        return answer.headers.get("Content-Length")

    with DevWiki.start(f"quick-{os.getpid()}", answers_first=True) as quick:
        quick.person(ADA).edit("Quick", "Größe")
        assert quick.person(ADA).text("Quick") == "Größe"
        assert length_of_the_answer(quick) == str(len('{"batchcomplete":""}'))
        # This page discards what would have been said until then.
        export = requests.get(f"{quick.url}/wiki/Special:Export/Quick", timeout=20)
        assert "Größe" in export.text
    assert length_of_the_answer(wiki) is None  # the connection ends when all is done


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_survives_whoever_started_it(way: signal.Signals) -> None:
    name = f"orphan-{os.getpid()}-{way.name}"
    starter, url = start_elsewhere(name)
    assert len(wiki_server.processes(INSTANCES / name)) >= 1 + wiki_server.WORKERS
    starter.send_signal(way)
    starter.communicate(timeout=20)
    assert wait_until_gone(INSTANCES / name) == []
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=5)


def test_start_and_down_clean_up_after_a_killed_supervisor() -> None:
    name = f"killed-{os.getpid()}"
    starter, _ = start_elsewhere(name)
    recorded = wiki_server.recorded(INSTANCES / name)
    assert recorded is not None
    os.kill(recorded[0], signal.SIGKILL)
    starter.kill()
    starter.communicate(timeout=20)
    with DevWiki.start(name) as again:
        assert again.person(ADA).text("Main Page") is not None
    assert wait_until_gone(INSTANCES / name) == []


def test_exception_in_the_starter_ends_the_wiki() -> None:
    name = f"failed-{os.getpid()}"
    starter, _ = start_elsewhere(name, "raise SystemExit('a test failed')")
    starter.communicate(timeout=20)
    assert wait_until_gone(INSTANCES / name) == []


def test_up_status_reset_down() -> None:
    name = f"shell-{os.getpid()}"

    def devwiki(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(ROOT / "run"), "devwiki", *words]
        return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, timeout=60)

    try:
        up = devwiki("up", "--name", name)
        assert (up.returncode, up.stderr) == (0, "")
        kept = DevWiki.running(name)
        assert kept is not None
        assert up.stdout.splitlines()[0] == f"{name}: {kept.url}"
        kept.person(ADA).edit("Kept", "text")
        assert devwiki("up", "--name", name).stdout == up.stdout
        assert up.stdout in devwiki("status").stdout
        assert devwiki("reset", "--name", name).returncode == 0
        assert kept.person(ADA).text("Kept") is None
    finally:
        down = devwiki("down", "--name", name)
    assert down.stdout.splitlines()[0] == f"{name} is down."
    assert wiki_server.processes(INSTANCES / name) == []
    assert devwiki("reset", "--name", name).returncode == 1
    shutil.rmtree(INSTANCES / name)


def test_network_beyond_loopback_is_shut() -> None:
    with (
        pytest.raises(pytest_socket.SocketConnectBlockedError),
        pytest.warns(UserWarning, match="tried to use"),
    ):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
