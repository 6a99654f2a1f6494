"""Explains one task or one person: every sign that was looked at, what was told, what was not and why, what is next.

Of a task: why it is not acknowledged or not linked, its fields and people, each comment, move, tag and status that was looked
at and what it counts for, which row links it or may be its row. Of a person: who that account is and whether it takes notices,
their sessions and hours as they are read, what they were told and when, what was held or given up and why, what comes next,
their limit and quiet hours. It reads, and writes nothing.

Examples:
  ./run explain -event:demo -task:T910012
  ./run explain -event:demo -task:https://phabricator.wikimedia.org/T910012
  ./run explain -event:demo -task:T910012 -now:2024-05-17T17:31Z     at that moment
  ./run explain -event:demo -task:T900001 -tasks:tasks.json          with tasks from a file
  ./run explain -event:demo -user:"Ada Exemplar"                     why was she told this, and not that?
  ./run explain -event:demo -user:Ada -now:2021-05-22T12:55Z         what would she get then?
"""

import sys

from callboard import board_command


def main(*args: str) -> int:
    """0 done, 1 the wiki or the board was away, 2 configuration, usage, or no such task or person."""
    return board_command.explain_task("explain", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
