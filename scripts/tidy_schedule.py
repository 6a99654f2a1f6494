"""Tidies an event's schedule pages: shows the diff, and saves it with -apply.

Facilitation marks in one form, names to user links, task links in the page's own form and each task once in a row, free
slots in the event's wording with the way to claim one, clear times in the event's notation, recordings once a
coordinator named them. Asked about: rows out of order, sessions that stand twice, sessions whose task was declined. The
event file sets how far each rule goes, and may have links to the reader's own time zone put on times. Only what is
certain is changed; the rest is listed for a person, and so is what a person took back: it is not done again. Links of
acknowledged tasks: link_tasks.

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
