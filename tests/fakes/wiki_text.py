"""As much of MediaWiki's titles, templates and signatures as the wiki in memory needs."""

import re
from collections.abc import Callable
from datetime import datetime

NAMESPACES = {
    name.lower(): name
    for name in (
        "User",
        "User talk",
        "Talk",
        "Project",
        "Template",
        "Module",
        "MediaWiki",
        "Help",
        "Category",
    )
}
_IMPOSSIBLE = re.compile(r"[<>\[\]{}|\n]")
_UNSEEN = re.compile(r"<!--.*?-->|<nowiki>.*?</nowiki>", re.DOTALL)
_NOINCLUDE = re.compile(r"<noinclude>.*?</noinclude>", re.DOTALL)
_CALL = re.compile(r"\{\{\s*([^{}|#<>\[\]\n]+?)\s*(?=[|}\n])")
_SUBST = re.compile(r"\{\{subst:\s*(?P<name>[^{}|]+?)\s*(?P<given>(?:\|[^{}]*)?)\}\}")
_ARGUMENT = re.compile(r"\|(?=\w+=)")
_PARAMETER = re.compile(r"\{\{\{(?P<name>\w+)(?:\|(?P<default>[^{}]*))?\}\}\}")
_CATEGORY = re.compile(r"\[\[\s*Category\s*:\s*([^\[\]|]+?)\s*(?:\|[^\[\]]*)?\]\]", re.IGNORECASE)
_THREADS = re.compile(r"\{\{#useliquidthreads:\s*1?\s*\}\}", re.IGNORECASE)
_REDIRECT = re.compile(r"\s*#redirect\s*\[\[([^\]|#]+)", re.IGNORECASE)


def canonical(title: str) -> str | None:
    """The title as the wiki spells it, None for a title that can be no page."""
    bare = " ".join(title.partition("#")[0].replace("_", " ").split())
    if not bare or _IMPOSSIBLE.search(bare) or bare.lower().startswith("special:"):
        return None
    prefix, colon, rest = bare.partition(":")
    if colon and prefix.strip().lower() in NAMESPACES and rest.strip():
        rest = rest.strip()
        return f"{NAMESPACES[prefix.strip().lower()]}:{rest[0].upper()}{rest[1:]}"
    return bare[0].upper() + bare[1:]


def impossible_name(name: str) -> bool:
    """Whether no account can have the name."""
    return not name or "#" in name or "/" in name or bool(_IMPOSSIBLE.search(name))


def redirect_target(text: str) -> str | None:
    """Where a redirect leads; None for any other text."""
    found = _REDIRECT.match(text)
    return found[1] if found else None


def calls(text: str) -> list[str]:
    """The names of the templates that a text calls, those in comments and nowiki left out."""
    return [call[1] for call in _CALL.finditer(_UNSEEN.sub("", text))]


def categories(text: str) -> set[str]:
    """The categories into which a text puts its page, by title."""
    return {canonical(f"Category:{found[1]}") or "" for found in _CATEGORY.finditer(_UNSEEN.sub("", text))}


def has_liquid_threads(text: str) -> bool:
    """Whether a page turns the extension's threads on for itself."""
    return _THREADS.search(_UNSEEN.sub("", text)) is not None


def without_noinclude(text: str) -> str:
    """What of a template reaches the pages that use it."""
    return _NOINCLUDE.sub("", text)


def substituted(text: str, source: Callable[[str], str | None]) -> str:
    """The text with the templates that it substitutes in full; `source` gives a template's text, None if there is none.

    A call of a template that is missing stays. Parameters by name only, and what a template substitutes itself stays as it is.
    """

    def filled(call: re.Match[str]) -> str:
        name = call["name"]
        template = source(canonical(name if ":" in name else f"Template:{name}") or "")
        if template is None:
            return call[0]
        given = dict(one.split("=", 1) for one in _ARGUMENT.split(call["given"])[1:])
        return _PARAMETER.sub(
            lambda use: given[use["name"]].strip() if use["name"] in given else use["default"] or use[0],
            without_noinclude(template),
        )

    return _SUBST.sub(filled, text)


def signed(text: str, user: str, now: datetime) -> str:
    """The text with its tildes expanded."""
    stamp = f"{now:%H:%M}, {now.day} {now:%B %Y} (UTC)"
    name = f"[[User:{user}|{user}]] ([[User talk:{user}|talk]])"
    return text.replace("~~~~~", stamp).replace("~~~~", f"{name} {stamp}").replace("~~~", name)
