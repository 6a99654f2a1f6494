"""Whose the wiki accounts are that a task names."""

from collections.abc import Mapping

import pytest

from callboard.proposals.description import claimed_accounts, claimed_phab_names
from callboard.proposals.people import claims

ACCOUNTS = {"Ada": "PHID-ada", "Bo": "PHID-bo", "Eve": "PHID-eve", "Nobody": ""}


@pytest.mark.parametrize(
    ("listed", "named", "people", "expected"),
    [
        ((), (), (), {}),
        ((), ("Ada",), (), {"Ada": "mediawikiquery"}),
        ((), ("Eve",), (), {"Eve": "unverified"}),  # somebody else's account
        ((), ("Nobody",), (), {"Nobody": "unverified"}),
        ((), ("Unasked",), (), {"Unasked": "unverified"}),
        ((), ("Bo",), (), {"Bo": "unverified"}),
        (("PHID-bo",), ("Ada", "Bo"), (), {"Ada": "mediawikiquery", "Bo": "mediawikiquery"}),
        (("",), ("Nobody",), (), {"Nobody": "unverified"}),  # a listed name that Phabricator does not know
        ((), (), ("Ada L.",), {"Ada L.": "people"}),
        ((), ("Ada L.", "Eve"), ("ada_L.",), {"Ada L.": "people", "Eve": "unverified"}),
        ((), ("Eve",), ("Eve",), {"Eve": "people"}),
        ((), ("Ada", "Ada"), ("", "  "), {"Ada": "mediawikiquery"}),
    ],
)
def test_claims(
    listed: tuple[str, ...], named: tuple[str, ...], people: tuple[str, ...], expected: Mapping[str, str]
) -> None:
    found = claims("PHID-ada", listed, named, ACCOUNTS, people)
    assert {claim.name: claim.why for claim in found} == expected
    assert [claim.verified for claim in found] == [why != "unverified" for why in expected.values()]


def test_an_unknown_author_verifies_nobody() -> None:
    assert [claim.why for claim in claims("", (), ("Nobody",), ACCOUNTS, ())] == ["unverified"]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("", ()),
        ("Thanks to @eve for the idea", ()),  # not listed as a speaker
        ("Speakers: @ada, @bo.b-c and Eve", ("ada", "bo.b-c")),
        ("* Who: @elias.w @HanaT", ("elias.w", "HanaT")),
        ("== Speakers ==\n* @ada\n* [[User:Bo]]", ("ada",)),
        ("Phabricator username: ada", ("ada",)),
        ("Phabricator: ada, @bo", ("bo", "ada")),
        ("Speaker (Phabricator username): ada", ("ada",)),
        ("Phabricator username: (your username)", ()),
        ("Phabricator username: ada lovelace", ()),
        ("Speaker: ada@example.org", ()),
        ("> Speakers: @eve", ()),
        ("```\nSpeakers: @eve\n```", ()),
        ("Speaker: @Ada.", ("Ada",)),
    ],
)
def test_phabricator_names_of_listed_speakers(description: str, expected: tuple[str, ...]) -> None:
    assert claimed_phab_names(description) == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("== Speakers ==\n* Ada\n* Bo", ("Ada", "Bo")),
        ("Speakers:\n1. Ada\n2. [[User:Bo]]", ("Bo", "Ada")),
        ("Speaker: n/a", ()),
        ("Phabricator username: ada", ()),
        ("Speaker (Phabricator username): ada", ()),
        ("Speaker's affiliation: none", ()),
        ("Speakers:\n[x] Ada\n[ ] Bo", ("Ada",)),
    ],
)
def test_wiki_accounts_in_lists(description: str, expected: tuple[str, ...]) -> None:
    assert claimed_accounts(description) == expected


@pytest.mark.parametrize(
    "words",
    [
        "see my profile", "See above", "please see below", "see the description below", "Same as above", "as above",
        "same as Phabricator", "as on Phabricator", "ask me", "me", "I", "my user page", "my username", "the author",
        "task author", "the WMF team", "various", "everyone",
    ],
)  # fmt: skip
def test_where_a_name_is_to_be_found_is_no_name(words: str) -> None:
    assert claimed_accounts(f"Speaker: {words}") == ()
    assert claimed_accounts(f"Speakers: Ada, {words}") == ("Ada",)


@pytest.mark.parametrize(
    "name", ["See Ming", "Ask Jensen", "My Nguyen", "The Anome", "All-Ears Ada", "I.Beispiel"]
)
def test_names_that_only_begin_like_such_words_stay_names(name: str) -> None:
    assert claimed_accounts(f"Speaker: {name}") == (name,)
