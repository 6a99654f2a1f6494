"""Lists the free slots that lie ahead, by day and room; neighbouring slots of a room count as one.

Breaks and the hours in which a room is closed are no free slots. With -task, times are left out at which its owner runs
or facilitates another session, is signed up to help for up to four hours, or cannot come as the task says.
On the wiki, the report page has the same list; another page shows it with {{:Name of the report page}}.

Examples:
  ./run free_slots -event:demo                                  all of them
  ./run free_slots -event:demo -format:Workshop -day:Saturday   long enough for a workshop
  ./run free_slots -event:demo -minutes:55 -room:"room 1" -json
  ./run free_slots -event:demo -task:T900012 -wikitext          where its owner has time
"""

import sys

from callboard import placing_command


def main(*args: str) -> int:
    """0 done, 2 configuration or usage."""
    return placing_command.free_slots("free_slots", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
