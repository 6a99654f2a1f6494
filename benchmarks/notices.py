"""What a notice costs: requests that reach the wiki and milliseconds, for existing and for new talk pages.

Callboard against a plain loop of pywikibot's `Page.save` and against the floor: batched reads and one edit request a
notice, without any of the checks. (It may be the slower one: it sends an edit while the wiki still works off the last one.)
Each runs in a process of its own against the same freshly reset development wiki;
requests are counted by the wiki's own log, log-in and start included. CALLBOARD_BENCHMARK_PEOPLE sets the number of people.

Bars for existing talk pages: 1.05 requests a notice, 1.25 times the floor's time, 1.5 times faster than `Page.save`.
"""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER
from dev.wiki_paths import ROOT

PEOPLE = int(os.environ.get("CALLBOARD_BENCHMARK_PEOPLE", "500"))
WAYS = ("Callboard", "pywikibot Page.save loop", "floor")
# The wiki answers an edit before it does what follows from it, as wikis do. What these two add to that would make the next
# edit wait, for SQLite writes for one at a time; the databases of wikis where events are held do not wait (measured: up to 50 ms).
WITHOUT = ("Echo", "DiscussionTools")
START = datetime(2027, 5, 22, 14, tzinfo=UTC)


def names() -> list[str]:
    """The recipients."""
    return [f"Recipient {number}" for number in range(PEOPLE)]


def event_file() -> str:
    """An event in which everybody has a session in an hour."""
    rooms = "".join(f'[[room]]\nname = "Room {number}"\n' for number in range(PEOPLE))
    return (
        '[event]\ntitle = "Benchmark"\nzone = "UTC"\ndays = ["2027-05-22"]\n'
        f'organisers = ["{ORGANISER}"]\n[pages]\nsite = "callboard"\nschedule = ["Benchmark"]\n'
        'about = "User:Callboard"\noff_switch = "User:Callboard/run"\n'
        f'[limits]\nnotices = {PEOPLE}\n[[notice]]\nkind = "starts_soon"\nlead = ["1h"]\n{rooms}'
    )


def schedule() -> str:
    """One row a session, so that each has its own owner."""
    rows = "".join(
        f"|-\n| 14:00 || Talk {number} || Room {number} || [[User:{name}|{name}]]\n"
        for number, name in enumerate(names())
    )
    return f'== 2027-05-22 ==\n{{| class="wikitable"\n! Time !! Session !! Room !! Speaker\n{rows}|}}\n'


def prepare(wiki: DevWiki, *, existing: bool) -> None:
    """A reset wiki with the recipients, the schedule and, if asked for, their talk pages."""
    wiki.reset()
    wiki.add_people(names())
    ada = wiki.person(ORGANISER)
    ada.edit("Benchmark", schedule())
    text = (ROOT / "templates_wikitext/notices/starts_soon.wikitext").read_text("utf-8")
    ada.edit("Template:Callboard/notices/starts_soon", text)
    if existing:
        for name in names():
            ada.edit(f"User talk:{name}", f"== Welcome ==\nHello {name}. ~~~~")


def post(way: str) -> float:
    """Post to everybody; the seconds that it took, start of the program left out."""
    return {"Callboard": _callboard, "pywikibot Page.save loop": _pywikibot, "floor": _floor}[way]()


def _callboard() -> float:
    from callboard import command  # noqa: PLC0415 -- reads this process's own settings
    from callboard.clock import Clock  # noqa: PLC0415

    folder = Path(sys.argv[2])
    options = command.options("bench", "A measurement.\n\nExample: none.")
    shift = Clock.showing(START - timedelta(minutes=59)).now().isoformat()
    given = options.read(
        [f"-event:{folder / 'benchmark.toml'}", f"-now:{shift}", f"-ledger:sqlite:///{folder}/ledger.sqlite"]
    )
    begin = time.perf_counter()
    with command.opened(given) as app:
        tick = app.tick(apply=True)
    posted = sum(one.what.startswith("notice ") for one in tick.results.written)
    if posted != PEOPLE:
        raise SystemExit(f"posted {posted} of {PEOPLE}: {tick.results}")
    return time.perf_counter() - begin


def _pywikibot() -> float:
    import pywikibot  # noqa: PLC0415 -- reads this process's own settings

    begin = time.perf_counter()
    site = pywikibot.Site()
    for name in names():
        page = pywikibot.Page(site, f"User talk:{name}")
        page.text = f"{page.text}\n\n== Talk starts soon ==\n{{{{subst:Callboard/notices/starts_soon}}}} ~~~~"
        page.save(summary="Bot: starts soon", minor=False, bot=True, quiet=True)
    return time.perf_counter() - begin


def _floor() -> float:
    import pywikibot  # noqa: PLC0415 -- reads this process's own settings

    begin = time.perf_counter()
    site = pywikibot.Site()
    site.login()
    token = site.tokens["csrf"]
    for first in range(0, PEOPLE, 50):
        titles = "|".join(f"User talk:{name}" for name in names()[first : first + 50])
        read = site.simple_request(
            action="query",
            prop="revisions",
            rvprop="ids|content",
            rvslots="main",
            titles=titles,
            formatversion=2,
        )
        for page in read.submit()["query"]["pages"]:
            there = page["revisions"][0] if "revisions" in page else None
            base = {"baserevid": there["revid"]} if there else {"createonly": 1}
            text = there["slots"]["main"]["content"] if there else ""
            request = site.simple_request(
                action="edit",
                title=page["title"],
                text=f"{text}\n\n== Talk starts soon ==\n{{{{subst:Callboard/notices/starts_soon}}}} ~~~~",
                summary="Bot: starts soon",
                bot=1,
                notminor=1,
                watchlist="nochange",
                token=token,
                **base,
            )
            request.use_get = False
            request.submit()
    return time.perf_counter() - begin


def main() -> None:
    """Print the table."""
    table = Table("talk pages", "way", "requests", "requests a notice", "ms a notice", "against the floor")
    with DevWiki.start("bench", without=WITHOUT, answers_first=True) as wiki:
        folder = ROOT / "var/bench"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "benchmark.toml").write_text(event_file(), "utf-8")
        for existing in (True, False):
            seconds: dict[str, float] = {}
            requests: dict[str, int] = {}
            for way in WAYS:
                prepare(wiki, existing=existing)
                (folder / "ledger.sqlite").unlink(missing_ok=True)
                wiki.forget_requests()
                seconds[way] = _in_a_process(way, wiki, folder)
                requests[way] = wiki.request_count()
            for way in WAYS:
                table.add_row(
                    f"{PEOPLE} {'existing' if existing else 'new'}",
                    way,
                    str(requests[way]),
                    f"{requests[way] / PEOPLE:.2f}",
                    f"{seconds[way] / PEOPLE * 1000:.0f}",
                    f"{requests[way] / requests['floor']:.2f} × requests, {seconds[way] / seconds['floor']:.2f} × time",
                )
            if existing:
                bars = _bars(seconds, requests)
    console = Console()
    console.print(table)
    console.print(bars)


def _bars(seconds: dict[str, float], requests: dict[str, int]) -> str:
    """What was asked of notices on existing talk pages, and whether it holds."""
    ours, loop, floor = (seconds[way] for way in WAYS)
    each = requests[WAYS[0]] / PEOPLE
    said = (
        (f"{each:.2f} requests a notice, 1.05 at most", each <= 1.05),
        (f"{ours / floor:.2f} × the floor's time, 1.25 at most", ours <= 1.25 * floor),
        (f"{loop / ours:.2f} times as fast as Page.save, 1.5 at least", loop >= 1.5 * ours),
    )
    return "\n".join(f"{'holds' if holds else 'DOES NOT HOLD'}: {bar}" for bar, holds in said)


def _in_a_process(way: str, wiki: DevWiki, folder: Path) -> float:
    environment = {
        **os.environ,
        **wiki.environment(),
        "PYWIKIBOT_DIR": str(ROOT),
        "PYWIKIBOT_NO_USER_CONFIG": "0",
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.notices", way, str(folder)],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{way}: {done.stderr[-2000:]}")
    return float(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    print(json.dumps(post(sys.argv[1])))
