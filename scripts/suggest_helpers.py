"""Suggests who could take the hours and sessions that nobody covers, the best first; signs nobody up.

Only people who signed up to help themselves are named, not who only comes ("Participants"): those of the role first, then
others and facilitators. They are free then by the hours that they gave, run no session and are needed nowhere else; of these
who has the fewest hours so far comes first, and who comes first for one gap counts as taken for the next. People without
hours come last: ask whether they can. Nobody is named whose talk page keeps the bot's messages out, or whom no message can
reach. Whom to ask is for you to decide.

Examples:
  ./run suggest_helpers -event:demo                               every gap that is not over
  ./run suggest_helpers -event:demo -role:"Chat lamp" -day:Saturday
  ./run suggest_helpers -event:demo -session:"Maps without tears"
  ./run suggest_helpers -event:demo -task:T910010 -json
"""

import sys

from callboard import cover_command


def main(*args: str) -> int:
    """0 done, 2 configuration or usage."""
    return cover_command.suggest_helpers("suggest_helpers", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
