"""./run devwiki: starts, shows, resets and ends the development wiki by hand."""

import argparse
import sys
import time

from dev import wiki_accounts as people
from dev import wiki_server
from dev.devwiki import DevWiki, WikiBusy
from dev.wiki_golden import golden
from dev.wiki_install import CannotInstall, prepare
from dev.wiki_paths import INSTANCES
from dev.wiki_php import WikiProgramFailed
from dev.wiki_server import ServerDidNotStart


def main() -> int:
    """0 done, 1 not done, 2 something must be installed by hand or the command was wrong."""
    parser = argparse.ArgumentParser(prog="./run devwiki", description=__doc__)
    parser.add_argument("command", choices=("up", "status", "reset", "down", "prepare"))
    parser.add_argument(
        "--name", default="main", help="which instance; several run side by side (default: main)"
    )
    parser.add_argument("--port", type=int, help="up: this port instead of a free one")
    parser.add_argument("--all", action="store_true", help="down: every instance")
    options = parser.parse_args()
    try:
        match options.command:
            case "up":
                return up(options.name, options.port)
            case "status":
                return status()
            case "reset":
                return reset(options.name)
            case "prepare":
                golden(prepare())
                return 0
            case _:
                return down(names() if options.all else [options.name])
    except CannotInstall as problem:
        print(problem, file=sys.stderr)
        return 2
    except (WikiBusy, ServerDidNotStart, WikiProgramFailed) as problem:
        print(f"./run devwiki: {problem}", file=sys.stderr)
        return 1


def up(name: str, port: int | None) -> int:
    """Starts the instance and leaves it running; one that runs already is only shown."""
    if not (wiki := DevWiki.running(name)):
        wiki = DevWiki.start(name, port=port, throw_away=False)
        wiki.keep()
    show(wiki)
    return 0


def status() -> int:
    """Shows every instance that runs; 1 if none does."""
    running = [wiki for name in names() if (wiki := DevWiki.running(name))]
    for wiki in running:
        show(wiki)
    if not running:
        print("No development wiki runs. Start one: ./run devwiki up")
    return 0 if running else 1


def reset(name: str) -> int:
    """Puts the instance back to its first state."""
    if not (wiki := DevWiki.running(name)):
        print(f"./run devwiki: no instance called {name} runs", file=sys.stderr)
        return 1
    began = time.monotonic()
    wiki.reset()
    print(f"{name} is as it was at first ({time.monotonic() - began:.2f} s).")
    return 0


def down(wanted: list[str]) -> int:
    """Ends instances; those that do not run are no error."""
    for name in wanted:
        if wiki := DevWiki.running(name):
            wiki.stop()
            print(f"{name} is down.")
        else:
            wiki_server.end_by_file(INSTANCES / name)  # workers that outlived a killed supervisor
    if others := [name for name in names() if DevWiki.running(name)]:
        print(f"Still running: {', '.join(others)} (./run devwiki down --all ends every one)")
    return 0


def names() -> list[str]:
    """The instances that have a folder, running or not."""
    return sorted(path.name for path in INSTANCES.iterdir()) if INSTANCES.exists() else []


def show(wiki: DevWiki) -> None:
    """Where the wiki is, who can log in, where its logs are."""
    name = "" if wiki.name == "main" else f" --name {wiki.name}"
    print(f"""{wiki.name}: {wiki.url}
  accounts   {people.ORGANISER} and {people.SECOND_ORGANISER} (organisers, sysop); {len(people.PEOPLE)} more, such as
             {", ".join(people.PEOPLE[:6])}; everybody's password: {people.PASSWORD}
  bot        {people.BOT}@{people.BOT_APP}:{people.BOT_SECRET}
  scripts    CALLBOARD_WIKI=callboard CALLBOARD_DEVWIKI={wiki.url} \\
             CALLBOARD_BOTPASSWORD={people.BOT}@{people.BOT_APP}:{people.BOT_SECRET} ./run SCRIPT …
  logs       {wiki.directory}/php.log and requests.jsonl
  end        ./run devwiki down{name}""")
