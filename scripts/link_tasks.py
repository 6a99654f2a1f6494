"""Links the tasks that the coordination team acknowledged to their rows in the schedule.

A task is linked where its title and a verified owner agree, once, in the page's own link form; the acknowledgement is
looked at once more right before the save. Beside each link stands the yes on which it rests: who, when, by what. What agrees
less is listed as a suggestion with its reason, and what is not linked with why not.

Examples:
  ./run link_tasks -event:demo            show which links would be added
  ./run link_tasks -event:demo -apply     add them

explain -task:T… tells all that is known of one task.
"""

import sys

from callboard import board_command


def main(*args: str) -> int:
    """0 done or nothing to do, 1 partly failed, 2 configuration or usage, 3 stopped from the wiki."""
    return board_command.link_tasks("link_tasks", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
