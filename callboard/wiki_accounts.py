"""What the wiki's API answers say of accounts: pure mapping from its JSON (formatversion 2) to `Account`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from callboard.model import Account
from callboard.wiki_answers import user_name
from callboard.wikitext.titles import is_address, is_temporary, renamed_to

Json = Mapping[str, Any]

_FOREVER = {"infinity", "infinite", "indefinite", "never"}
# As Babel sorts user pages: Category:User de-N. Its category without a level holds speakers of every level.
_SPEAKS = re.compile(r"[^:]+:User (?P<code>[a-z]{2,8}(?:-[a-z]{2,8})*)(?:-(?P<level>[0-5N]))?", re.IGNORECASE)
_LIKE_NATIVE = ("N", "5", "4")


def account(asked: str, user: Json | None) -> Account:
    """What `list=users` says of one name; an address, a temporary account or an impossible name is not `named`.

    A hidden account is told as one that does not exist, as the wiki tells it to everybody who may not see it.
    """
    name = (user or {}).get("name") or user_name(asked)
    impossible = user is None or bool(user.get("invalid"))
    named = not (impossible or is_temporary(name) or is_address(name))
    if user is None or impossible or user.get("missing"):
        return Account(name, exists=False, named=named)
    blocked = str(user.get("blockexpiry", "")) in _FOREVER and not user.get("blockpartial")
    groups = user.get("groups", ())
    return Account(name, exists=True, named=named, bot="bot" in groups, blocked_forever=blocked)


def accounts(asked: Iterable[str], answers: Sequence[Json]) -> dict[str, Account]:
    """The accounts by the name asked for, with locks and mother tongues; one that is missing with the name that it has now.

    `locked` comes from CentralAuth's `list=globalusers`; a wiki without it says nothing, and nobody is locked there.
    """
    users = {user_name(user["name"]).casefold(): user for user in _all(answers, "users")}
    exact = {user["name"]: user for user in users.values()}
    locked = {user["name"] for user in _all(answers, "globalusers") if user.get("locked")}
    moves = {move["from"]: move["to"] for move in _all(answers, "redirects")}
    speak = _languages(answers, moves)
    found: dict[str, Account] = {}
    for name in asked:
        one = account(name, exact.get(user_name(name)) or users.get(user_name(name).casefold()))
        if one.exists:
            found[name] = replace(one, locked=one.name in locked, languages=speak.get(one.name, ()))
        else:
            found[name] = replace(one, renamed_to=renamed_to(one.name, moves)) if moves else one
    return found


def renamed_by_log(answer: Json) -> str | None:
    """The name that an account got by its newest rename; None if the log knows of none."""
    params = (event.get("params", {}) for event in _all([answer], "logevents"))
    return next((str(one["newuser"]) for one in params if one.get("newuser")), None)


def mother_tongues(categories: Iterable[str]) -> tuple[str, ...]:
    """The codes of the languages that a user page calls its owner's own: `Category:User de-N`, else those of level 5, else 4.

    `Category:User de` counts like N where no level of that language stands beside it, as older templates sorted people.
    """
    levels: defaultdict[str, set[str]] = defaultdict(set)
    for said in filter(None, map(_SPEAKS.fullmatch, categories)):
        levels[said["code"].lower()].add((said["level"] or "").upper())
    for wanted in _LIKE_NATIVE:
        alone = {code for code, found in levels.items() if wanted == "N" and found == {""} and len(code) <= 3}
        if best := alone | {code for code, found in levels.items() if wanted in found}:
            return tuple(sorted(best))
    return ()


def _languages(answers: Iterable[Json], moves: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """By account: the mother tongues that the user page tells, or the page to which it leads."""
    categories: defaultdict[str, list[str]] = defaultdict(list)
    for page in _all(answers, "pages"):
        categories[page["title"]] += [one["title"] for one in page.get("categories", ())]
    for title in [*moves]:
        at = title
        for _ in moves:
            at = moves.get(at, at)
        categories[title] += categories.get(at, [])
    return {title.partition(":")[2]: mother_tongues(found) for title, found in categories.items()}


def _all(answers: Iterable[Json], part: str) -> Iterator[Json]:
    """Every entry of one part of several answers."""
    return (entry for answer in answers for entry in answer.get("query", {}).get(part, ()))
