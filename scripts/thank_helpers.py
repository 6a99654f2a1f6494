"""Thanks everybody who signed up to help, each once on their talk page, when the event is over.

To all who stand in the lists of helpers, and to the facilitators in the schedule; not to those who said maybe or no, or who
are struck out or wrote that they withdrew. Lists of those who come ("Participants", "I am coming: Yes") or follow a project
("Interested") are no lists of helpers, unless a [[need]] is for that role; `roles` of the event file's notice "thanks" names
others. Before the end of the event's last day there is nothing to do. Run again, it reaches those whom it did not reach before. The timer
never sends this notice.

Examples:
  ./run thank_helpers -event:demo                             who would be thanked
  ./run thank_helpers -event:demo -apply                      thank them
  ./run thank_helpers -event:demo -now:2021-05-25T12:00Z      who would be thanked at that moment?
"""

import sys

from callboard import command, jobs


def main(*args: str) -> int:
    """0 done or nothing to do, 1 partly failed, 2 configuration or usage, 3 stopped from the wiki."""
    return command.tick_once("thank_helpers", __doc__, args, jobs.thank_helpers)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
