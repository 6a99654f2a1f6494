"""Shows who covers what: needs of the event file, who is there, gaps, and the hours of each person.

What is needed stands in the event file's [[need]] parts. The names behind "facilitation:" in the schedule count for their
session; for a role the clear hours count that people give below its heading in the sign-up lists, but not while they run
a session. Entries with unclear hours cover nothing until their authors say what they mean. Hours in a list are an offer:
the notice shift_starts_soon reminds facilitators, and helpers of their slots in tables. It reads, and writes nothing.

Examples:
  ./run helpers_report -event:demo         everything, by time
  ./run helpers_report -event:demo -gaps   what is still missing
  ./run helpers_report -event:demo -json
"""

import sys

from callboard import cover_command


def main(*args: str) -> int:
    """0 done, 2 configuration or usage."""
    return cover_command.helpers_report("helpers_report", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
