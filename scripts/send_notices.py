"""Shows what people will be told, now and later, with the texts; posts what is due with -apply, each notice exactly once.

Changes no page of the event. Who opted out, is blocked or has no account is listed with the reason. With -kind or -user the
rest waits for the bot. What an organiser holds back on the outbox page stays held.

The texts are as they would stand on the talk pages this moment: in each person's language, as organisers worded them, and
signed. The wiki itself is asked for that. If it cannot be, the call of the template is shown, with the reason.

Examples:
  ./run send_notices -event:demo                             who will be told what, and when
  ./run send_notices -event:demo -apply                      post what is due
  ./run send_notices -event:demo -now:2021-05-22T12:55Z      who would be told at that moment?
  ./run send_notices -event:demo -kind:starts_soon -apply    only reminders
  ./run send_notices -event:demo -user:"Ada|Testuser Bo"     only these two, each notice word for word
  ./run send_notices -event:demo -user:Ada -early -apply     also what Ada would get later, now
"""

import sys

from callboard import notices_command


def main(*args: str) -> int:
    """0 done or nothing to do, 1 partly failed, 2 configuration or usage, 3 stopped from the wiki."""
    return notices_command.send_notices("send_notices", __doc__, args)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
