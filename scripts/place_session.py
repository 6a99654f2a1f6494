"""Puts the session of an acknowledged task into a free slot of the schedule, written as its neighbours are.

The slot is named by day, time and room, in any words that have exactly one meaning; times are in the event's zone unless
they name another. An end (16:30-17:30) is the length; where the task needs another one, -confirm says that it is meant.
The checks run on the result first: what they find new is shown, and an error stops it unless -confirm is given. A task
that the coordination team has not acknowledged is never placed.

Examples:
  ./run place_session -event:demo -task:T900012 -slot:"2021-05-22 14:00 / Hacking room 1"      show the change
  ./run place_session -event:demo -task:T900012 -slot:"Saturday 2pm room 1" -apply             make it
"""

import sys

from callboard import placing_command


def main(*args: str) -> int:
    """0 done, 1 not saved, 2 it cannot be done or usage, 3 stopped from the wiki."""
    return placing_command.place_session("place_session", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
