"""Keeps an event going: a tick every few minutes until it is stopped with Ctrl-C or SIGTERM.

Every tick looks at everything, so a tick that was missed or failed needs no care. Without -apply it only says what it
would do. On Toolforge a scheduled job with tick_once is the better way (deploy/toolforge).

Examples:
  ./run run_event -event:demo                          watch, write nothing
  ./run run_event -event:demo -apply -every:10min      the real thing
"""

import sys

from callboard import command


def main(*args: str) -> int:
    """0 stopped as asked, 1 a tick failed, 2 configuration or usage."""
    options = command.options("run_event", __doc__)
    options.value("every", "time between two ticks (default: 10min)", shown="30s|10min|1h")
    return command.run_event("run_event", options.read(args))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
