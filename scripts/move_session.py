"""Moves a session to another free slot; its text travels as it is, and its old place is free again.

Into another kind of table it is written anew, if it says no more than title, people and one task. To another page it is
put first and taken off its old page then; if the second save fails, the same command again finishes it.
Facilitators who signed up travel with it: tell them. The checks run on the result first; an error stops it unless
-confirm is given.

Examples:
  ./run move_session -event:demo -task:T900012 -slot:"2021-05-22 15:00 / Hacking room 1"       show the change
  ./run move_session -event:demo -title:"Bots for beginners" -slot:"Sunday 10:00 room 2" -apply  make it
"""

import sys

from callboard import placing_command


def main(*args: str) -> int:
    """0 done, 1 not saved, 2 it cannot be done or usage, 3 stopped from the wiki."""
    return placing_command.move_session("move_session", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
