"""The invented people of the development wiki.

Names are as on real wikis: spaces, apostrophes, brackets, several scripts. Passwords are the same for
everybody; the wiki listens on loopback only and holds nothing real.
"""

from dataclasses import dataclass

PASSWORD = "callboard-development"  # noqa: S105 -- of invented people, on loopback
ORGANISER = "Ada Organiser"
SECOND_ORGANISER = "Björn Organiser"
BOT = "Callboard"
OTHER_BOT = "TidyBot"
BLOCKED = "Blocked Person"
BOT_APP = "dev"
# A BotPassword's secret is 32 characters of 0-9a-w.
BOT_SECRET = "callboard0development0bot0secret"  # noqa: S105 -- of the development wiki's own bot
BOT_GRANTS = ("basic", "highvolume", "editpage", "createeditmovepage", "editprotected")


@dataclass(frozen=True, slots=True)
class Account:
    """A name and what the wiki's administrators gave it: groups, or a block with its reason."""

    name: str
    groups: tuple[str, ...] = ()
    blocked: str = ""


# The people of the example pages: owners of sessions, facilitators, helpers.
PEOPLE = (
    *("ExampleAda", "ExampleCyd", "Testuser Bo", "Testuser Dot", "Testuser Quill", "O'Example"),
    *("Müller-Beispiel", "Example (WMXX)", "例子", "Пример", "Örnek", "उदाहरण", "Voorbeeld Vic"),
    *("Esimerkki", "Mustermensch", "Ejemplo Uno", "Beispielfrau", "Exempla Nova"),
    # Further owners, helpers and participants.
    *("Marta Mentor", "Nils Nachtschicht", "Olu Opener", "Priya Panel", "Quentin Q", "Rosa Recorder"),
    *("Sami Stream", "Tove Translator", "Uma Uploader", "Wen Writer", "Xavi Xylo", "Yara Y. Yes"),
    *("Zoë Zone", "مثال", "דוגמה", "예제", "Παράδειγμα", "User-with-a-rather-long-name of the far north"),
    *("Chen2026", "Dot.Dash", "1st Timer"),
)
ACCOUNTS = (
    Account(ORGANISER, ("sysop", "bureaucrat", "interface-admin")),
    Account(SECOND_ORGANISER, ("sysop",)),
    Account(BOT, ("bot",)),
    Account(OTHER_BOT, ("bot",)),
    *(Account(name) for name in PEOPLE),
    Account(BLOCKED, blocked="Vandalism"),
)
