"""Shows where each proposal of the board stands: counts, evidence, slots, what is missing, and room for those that wait.

A proposal is proposed, incomplete, acknowledged, scheduled or held; or too late, for a closed track, declined, withdrawn or a
duplicate. That is worked out from the board and the schedule each time. "Claimed, unverified" are wiki accounts that a task
names and nobody knows to be its author's. It reads, and writes nothing.

Examples:
  ./run board_report -event:demo                       counts, a table, free slots that fit, suggestions, projects
  ./run board_report -event:demo -json                 all of it for programs
  ./run board_report -event:demo -wikitext             to be pasted into a page
  ./run board_report -event:demo -tasks:tasks.json     with tasks from a file, no board needed
  ./run board_report -event:demo -tasks:tasks.json -schedule:Schedule.wikitext -now:2024-05-15T09:00Z     no wiki either

explain -task:T… tells of one task how all that is known.
"""

import sys

from callboard import board_command


def main(*args: str) -> int:
    """0 done, 1 the wiki or the board was away, 2 configuration or usage."""
    return board_command.board_report("board_report", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
