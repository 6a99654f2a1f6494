"""What the wiki says of accounts, pages and edits."""

from datetime import datetime

from callboard.values import value


@value()
class Account:
    """What the wiki says of a user name at one moment."""

    name: str  # canonical, as the wiki spells it
    exists: bool
    named: bool = True  # not an IP address, not a temporary account
    bot: bool = False
    blocked_forever: bool = False
    renamed_to: str | None = None
    locked: bool = False  # on all wikis (CentralAuth)
    languages: tuple[str, ...] = ()  # that the user page calls their mother tongue (Babel), such as "de"


@value()
class PageText:
    """A page as it was at one moment; `revid` None means that there is no such page.

    `text` is None when a conditional read found the revision already known.
    """

    title: str
    revid: int | None
    text: str | None = None
    user: str = ""  # who made the revision
    timestamp: datetime | None = None
    model: str = "wikitext"
    redirect: bool = False
    templates: tuple[str, ...] = ()  # bot-exclusion templates transcluded, directly or through others
    can_edit: bool = True  # the page's protection admits the bot
    edit_level: str = ""  # to whom protection leaves it: "autoconfirmed", "sysop"; empty: everybody
    categories: tuple[str, ...] = ()  # of those that were asked for, such as the one of opt-outs
    liquid_threads: bool = False  # the old extension makes its own threads there


@value()
class Contribution:
    """One of the bot's own edits."""

    title: str
    revid: int
    comment: str
    timestamp: datetime
