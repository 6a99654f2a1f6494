"""Posts the notices that are due to people's talk pages, each exactly once.

Changes no page of the event. Who opted out, is blocked or has no account is listed with the reason.

Examples:
  ./run send_notices -event:demo                             who would be told what
  ./run send_notices -event:demo -apply                      post it
  ./run send_notices -event:demo -now:2021-05-22T12:55Z      who would be told at that moment?
"""

import sys

from callboard import command, jobs


def main(*args: str) -> int:
    """0 done or nothing to do, 1 partly failed, 2 configuration or usage, 3 stopped from the wiki."""
    return command.tick_once("send_notices", __doc__, args, jobs.send_notices)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
