"""Errors, ordered by who must act.

    CallboardError
    ├── ConfigError        an organiser or operator mends an event file or a setting (exit code 2)
    ├── Stopped            somebody stopped the bot from the wiki (exit code 3)
    ├── WikiRefused        an operator acts: account, rights or address are not as they must be
    ├── WikiAway           nobody: the next tick tries again
    └── BoardAway          nobody: the next tick tries again
        └── BoardRefused   an operator acts: token, project or column is not as it must be

Whatever else is raised is a mistake in Callboard and keeps its stack trace. Nothing of `requests` or `pywikibot`
leaves the adapters as it is: they map it to one of these.
"""


class CallboardError(Exception):
    """Base of everything that Callboard raises on purpose."""


class ConfigError(CallboardError):
    """An event file or setting is wrong; the message holds every mistake with its file and key."""


class Stopped(CallboardError):
    """The off switch on the wiki is set, or the account is blocked."""


class WikiRefused(CallboardError):
    """The wiki does not accept the account, its rights or the request; trying again will not help."""


class WikiAway(CallboardError):
    """The wiki cannot be reached or does not answer in time; the next tick tries again."""


class BoardAway(CallboardError):
    """Phabricator cannot be reached or does not answer in time; the next tick tries again."""


class BoardRefused(BoardAway):
    """Phabricator does not accept the token, or has no such project or column: away until an operator mends it.

    What rests on the board waits, and the wiki's part of a tick goes on.
    """
