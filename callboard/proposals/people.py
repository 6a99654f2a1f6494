"""Whose the wiki accounts are that a task names: known through the server or the event file, else only claimed."""

from collections.abc import Collection, Mapping, Sequence

from callboard.model import Claim


def claims(
    author: str,
    listed: Collection[str],
    named: Sequence[str],
    accounts: Mapping[str, str],
    people: Sequence[str],
) -> tuple[Claim, ...]:
    """Each account that a task or the event file names, once, in order, with why it is known to be a person's of the task.

    `author` and `listed` (Phabricator accounts that the task lists as speakers) are PHIDs, `accounts` says whose PHID a
    wiki name has, "" or nothing if the server does not know. An account of somebody else on the server is only claimed.
    """
    theirs = {author, *listed} - {""}
    found = {name: Claim(name, "people") for name in map(_spelt, people) if name}
    for name in named:
        why = "mediawikiquery" if accounts.get(name, "") in theirs else "unverified"
        found.setdefault(_spelt(name), Claim(name, why))
    return tuple(found.values())


def _spelt(name: str) -> str:
    plain = " ".join(name.replace("_", " ").split())
    return plain[:1].upper() + plain[1:]
