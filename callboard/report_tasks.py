"""Tasks as wikitext: a link, the title, the people; shared by what the bot's pages say of proposals and of projects.

Everything that comes from a task is text and nothing else: see `escape`.
"""

from callboard.board_facts import unverified, verified
from callboard.model import Proposal
from callboard.report_problems import person_link
from callboard.wikitext.escape import escape, shortened

LONGEST = 160  # characters of a title; Phabricator admits 255
LONGEST_NAME = 60
_LONGEST_ACCOUNT = 255  # MediaWiki admits no longer name

# A wide table scrolls by itself, on a phone too; "noresize" is the skins' word for one that somebody lets scroll already.
WIDE = '<div class="noresize" style="overflow-x:auto" role="region" tabindex="0" aria-label="{label}">'
# Minerva, the skin of phones, makes captions blocks, which would stand in the first column.
CAPTION = '|+ style="display:table-caption;text-align:left;overflow-wrap:normal" | '


def task_link(proposal: Proposal) -> str:
    """`[[phab:T900001|T900001]]`."""
    return f"[[phab:{proposal.task}|{proposal.task}]]"


def title_of(proposal: Proposal) -> str:
    """The title, shortened."""
    return text(proposal.title, LONGEST) or "–"


def text(value: str, longest: int) -> str:
    """A value as inert text of at most so many characters, which keeps its direction to itself."""
    shown = escape(shortened(value, longest))
    return f"<bdi>{shown}</bdi>" if any(ord(char) > 0x58F for char in shown) else shown


def owners(proposal: Proposal) -> str:
    """Who is known, who is only claimed; else who filed the task."""
    known = [
        person_link(name) if len(name) <= _LONGEST_ACCOUNT else text(name, LONGEST_NAME)
        for name in verified(proposal)
    ]
    claimed = [
        f"{text(name, LONGEST_NAME)} <small>(claimed, unverified)</small>" for name in unverified(proposal)
    ]
    author = f"<small>{text(proposal.author, LONGEST_NAME)} on Phabricator</small>" if proposal.author else ""
    return ", ".join([*known, *claimed]) or author
