"""Links the tasks that the coordination team acknowledged to their rows in the schedule.

A task is linked where its title and a verified owner agree, once, in the page's own link form; the acknowledgement is
looked at once more right before the save. What agrees less is listed for a person.

Examples:
  ./run link_tasks -event:demo            show which links would be added
  ./run link_tasks -event:demo -apply     add them
"""

import sys

from callboard import command, jobs


def main(*args: str) -> int:
    """0 done or nothing to do, 1 partly failed, 2 configuration or usage, 3 stopped from the wiki."""
    return command.tick_once("link_tasks", __doc__, args, jobs.link_tasks)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
