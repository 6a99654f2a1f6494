"""Tidies an event's sign-up lists: shows the diff, and saves it with -apply.

One entry a line, names to user links, signatures down to the user link, exact duplicates merged; order, remarks and
replies stay as they are.

Examples:
  ./run tidy_signups -event:demo            show the diff
  ./run tidy_signups -event:demo -apply     save it
"""

import sys

from callboard import command, jobs


def main(*args: str) -> int:
    """0 done or nothing to do, 1 partly failed, 2 configuration or usage, 3 stopped from the wiki."""
    return command.tick_once("tidy_signups", __doc__, args, jobs.tidy_signups)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
