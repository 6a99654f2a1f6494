"""Tidies an event's schedule pages: shows the diff, and saves it with -apply.

Facilitation marks in one form, names to user links, task links in the page's own form, free slots in the event's
wording. Only what is certain is changed; the rest is listed for a person. Links of acknowledged tasks: link_tasks.

Examples:
  ./run tidy_schedule -event:demo            show the diff
  ./run tidy_schedule -event:demo -apply     save it
"""

import sys

from callboard import command, jobs


def main(*args: str) -> int:
    """0 done or nothing to do, 1 partly failed, 2 configuration or usage, 3 stopped from the wiki."""
    return command.tick_once("tidy_schedule", __doc__, args, jobs.tidy_schedule)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
