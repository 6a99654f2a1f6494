"""Shows what Callboard makes of a saved page: what it understands, the problems it sees, the edits it would make.

Needs no wiki and no network, and writes nothing. Exit code 0 if the page could be read, problems or not; 2 for a
missing file, a wrong event file or other misuse.

Examples:
  ./run preview_page -event:events/demo.toml -kind:schedule Schedule.wikitext
  ./run preview_page -event:demo -kind:signups -json Helpers.wikitext
  ./run preview_page -event:demo -kind:schedule -tasks:tasks.json -now:2021-05-20T12:00Z Schedule.wikitext

TASKS is a JSON list of proposals, which take the place of the board:
  [{"task": "T900001", "title": "[Session] Bots", "acknowledged": true, "owners": ["Ada"]},
   {"task": "T900002", "title": "Maps", "status": "declined"},
   {"task": "T900003", "title": "Lua", "acknowledged": {"by": "coordinator", "at": "2021-05-01T10:00:00Z"}}]
"task" and "title" are needed; "status" is open unless given. "owners" are wiki accounts known to be the author's.
"closed", "author", "description", "format", "minutes" and "visible" may be given as well.

Which accounts exist is not asked: names that the page links somewhere count as accounts, others stay as they are.
"""

import sys
from pathlib import Path

from rich.console import Console

from callboard import command
from callboard.options import Options
from callboard.page_file import load_page
from callboard.preview import preview
from callboard.preview.shown import show
from callboard.rules import PageKind
from callboard.tasks_file import load_proposals


def main(*args: str) -> int:
    """0 if the page could be read, 2 for misuse."""
    options = Options("preview_page", __doc__ or "")
    options.value("event", "the event file: a path, or a name in events/", shown="FILE", required=True)
    options.value("kind", "what the page is", choices=("schedule", "signups"), required=True)
    options.value("tasks", "proposals from a JSON file", shown="FILE")
    options.value("now", "as if it were this moment, e.g. 2021-05-22T12:55Z", shown="ISO")
    options.flag("json", "one JSON object instead of text")
    options.word("page", "the saved wikitext, in UTF-8")
    given = options.read(args)

    def job() -> int:
        event, now = command.event_named(given.event), command.clock_showing(given.now).now()
        text = load_page(Path(given.page))
        proposals = load_proposals(Path(given.tasks)) if given.tasks else None
        seen = preview(
            text, event, PageKind(given.kind), now=now, proposals=proposals, title=Path(given.page).name
        )
        print(seen.as_json()) if given.json else show(Console(), seen, text)
        return command.DONE

    return command.guarded("preview_page", job)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
