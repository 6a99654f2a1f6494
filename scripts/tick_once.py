"""Looks at an event once, shows what should be done, and does it with -apply.

Reads the event's pages and its board, tidies schedule and sign-up lists, links acknowledged tasks, posts the notices
that are due, writes on tasks what the event file's [board.writes] switches on, and keeps the report page. This is what
the timer does; a second run right after does nothing.

Examples:
  ./run tick_once -event:demo                    show the plan, write nothing
  ./run tick_once -event:demo -apply             do it
  ./run tick_once -event:demo -apply -confirm    do it although it is larger than the event's limits
  ./run tick_once -event:demo -now:2021-05-22T12:55Z    what would be done at that moment?
"""

import sys

from callboard import command


def main(*args: str) -> int:
    """0 done or nothing to do, 1 partly failed, 2 configuration or usage, 3 stopped from the wiki."""
    return command.tick_once("tick_once", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
