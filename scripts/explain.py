"""Explains one task: its fields and people, every sign of a yes, its row, what was told and what is next.

It answers why a task is not acknowledged, not linked, or why nobody was told: each comment, move, tag and status that was
looked at, what it counts for and why; which account is verified and which is only claimed; which row links the task or may
be its row; which notices were sent and why the next one is due or not. It reads, and writes nothing.

Examples:
  ./run explain -event:demo -task:T910012
  ./run explain -event:demo -task:https://phabricator.wikimedia.org/T910012
  ./run explain -event:demo -task:T910012 -now:2024-05-17T17:31Z     at that moment
  ./run explain -event:demo -task:T900001 -tasks:tasks.json          with tasks from a file
"""

import sys

from callboard import board_command


def main(*args: str) -> int:
    """0 done, 1 the wiki or the board was away, 2 configuration, usage, or no such task."""
    return board_command.explain_task("explain", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
