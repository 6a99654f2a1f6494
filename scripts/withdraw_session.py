"""Takes a session out of the schedule; its place is free again, and the text that was there is printed.

A long cell becomes a free cell for each of its rows where the table's other free cells are one row high.

Examples:
  ./run withdraw_session -event:demo -task:T900012                         show the change
  ./run withdraw_session -event:demo -title:"Bots for beginners" -apply    make it
"""

import sys

from callboard import placing_command


def main(*args: str) -> int:
    """0 done, 1 not saved, 2 it cannot be done or usage, 3 stopped from the wiki."""
    return placing_command.withdraw_session("withdraw_session", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
