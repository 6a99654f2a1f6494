"""What of links, templates and tags a reader sees: by their namespaces and names."""

import re

from callboard.wikitext.flat import Style

HIDDEN_SPACES = frozenset(
    {
        "file",
        "image",
        "category",
        "datei",
        "bild",
        "kategorie",
        "fichier",
        "catégorie",
        "archivo",
        "media",
        "talk",
    }
)
FOREIGN_USER = re.compile(r":(?:user|benutzer|utilisateur|usuario)(?: talk)?:", re.IGNORECASE)
UNWRAPPED = frozenset(
    {
        "nowrap",
        "nobr",
        "nobreak",
        "big",
        "center",
        "strong",
        "bold",
        "b",
        "resize",
        "larger",
        "red",
        "green",
        "lang",
        "w",
    }
)
# Every piece of markup but links and templates has one of these; the class stands first, so that the engine skips all others.
BEGINS = re.compile(r"['\n<&/Tt](?:(?<=[\n<&])|(?<=')'|(?<=/)/|(?<=[Tt])\d\d\d)")
SHOWS_FIRST = frozenset({"abbr", "tooltip", "abbrv", "hover", "ill", "interlanguage link"})
DASHES = {"!": "|", **dict.fromkeys(("ndash", "–", "snd", "spnd", "mdash", "—"), "–")}
# Templates without arguments that say, in colours of their own, that nothing is known yet
_NOT_YET = {
    "tba": "TBA", "tbd": "TBD", "tbc": "TBC", "to be announced": "TBA", "to be determined": "TBD", "to be decided": "TBD",
    "to be confirmed": "TBC",
}  # fmt: skip
TAG_STYLES = {
    "small": Style.SMALL, "sub": Style.SMALL, "sup": Style.SMALL, "s": Style.STRUCK, "del": Style.STRUCK,
    "strike": Style.STRUCK, "b": Style.BOLD, "strong": Style.BOLD, "i": Style.ITALIC, "em": Style.ITALIC,
}  # fmt: skip


def not_yet(name: str, source: str) -> str:
    """What a template without arguments shows that says that nothing is known yet; empty for any other."""
    return _NOT_YET.get(name, "") if "|" not in source else ""


def is_plain(source: str) -> bool:
    """Whether a piece of wikitext is shown as it is."""
    return not BEGINS.search(source) and "[[" not in source and "{{" not in source
