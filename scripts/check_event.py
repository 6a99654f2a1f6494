"""Lists an event's problems: clashes, odd times, tasks without a yes; writes nothing.

Example:
  ./run check_event -event:demo
  ./run check_event -event:demo -json
"""

import sys

from callboard import command


def main(*args: str) -> int:
    """0 checked, 1 the wiki or the board was away, 2 configuration or usage."""
    return command.check_event("check_event", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
