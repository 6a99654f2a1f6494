"""Publishes the notices' texts and the page that explains the bot on the event's wiki.

Organisers may reword them there; what they reworded is left alone unless -overwrite is given. Notices are posted only
from templates last changed by the bot or an organiser that the event file lists, or protected as it says; the others are
named.

Examples:
  ./run publish_templates -event:demo            show what would change
  ./run publish_templates -event:demo -apply     publish
"""

import sys

from rich.console import Console

from callboard import command
from callboard.publishing import doubted, publications, publish
from callboard.terminal import diff, show_results
from callboard.writing import Results


def main(*args: str) -> int:
    """0 done or nothing to do, 1 partly failed, 2 configuration or usage, 3 stopped from the wiki."""
    options = command.options("publish_templates", __doc__)
    options.flag("overwrite", "put Callboard's text back where people reworded it")
    given = options.read(args)

    def job() -> int:
        console = Console()
        with command.opened(given, with_board=False) as app:
            wanted = publications(app.event, command.TEMPLATES, app.wiki)
            for item in wanted:
                for line in diff(item.page.text or "", item.text, item.page.title):
                    console.print(line, highlight=False, soft_wrap=True)
            results = Results()
            if given.apply:
                results = publish(wanted, app.wiki, app.event, overwrite=given.overwrite)
                show_results(console, results)
            else:
                console.print("Nothing was written; -apply publishes what differs.")
            for why in doubted(app.event, command.TEMPLATES, app.wiki):
                console.print(f"Notices are held: {why}", markup=False, highlight=False, soft_wrap=True)
            return command.PARTLY_FAILED if results.failed or results.held else command.DONE

    return command.guarded("publish_templates", job)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
