"""What of links and templates a reader sees as text: by their namespaces and names."""

import re

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
SHOWS_FIRST = frozenset({"abbr", "tooltip", "abbrv", "hover", "ill", "interlanguage link"})
