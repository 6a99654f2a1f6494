"""Whose text a notice gets: in the recipient's language, from people whom the event trusts, or none at all."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from callboard.model import Account, PageText
from callboard.publishing import doubted, published_titles
from callboard.template_choice import chosen, codes, protected, titles, trusted
from tests.promises import FREE, OWNER, SESSION, TALK, TEMPLATES, World, event, has_turn

BASE = "Template:Callboard/notices/starts_soon"
MEND = "an organiser must save it once, or put the text back that was there before"
ADA, BOT, VANDAL = "Ada Organiser", "Callboard", "Vandal"


def speaking(*languages: str, **delivery: object) -> World:
    """A world in which the owner's session starts soon; they speak these languages."""
    world = World(SESSION, of=event("starts_soon", delivery=delivery))
    world.wiki.add_user(OWNER)
    if languages:
        text = "".join(f"[[Category:User {code}-N]]" for code in languages)
        world.wiki.edit(f"User:{OWNER}", text, user=OWNER)
    return world


# --- which ---


@pytest.mark.parametrize(
    ("theirs", "noted", "wikis", "expected"),
    [
        ((), {}, "en", ("en",)),
        ((), {}, "de", ("de",)),
        (("fr",), {}, "en", ("fr", "en")),
        (("de-at",), {}, "en", ("de-at", "de", "en")),
        (("de-AT", "de"), {}, "de", ("de-at", "de")),
        (("zh-hans-cn",), {}, "en", ("zh-hans-cn", "zh-hans", "zh", "en")),
        (("fr", "nl"), {}, "de", ("fr", "nl", "de")),
        (("en",), {}, "de", ("en",)),
        (("en-gb", "fr"), {}, "de", ("en-gb", "en")),
        (("fr",), {OWNER: "it"}, "en", ("it", "en")),
        (("fr",), {"Old Name": "it"}, "en", ("it", "en")),
        (("fr",), {"Eve": "it"}, "en", ("fr", "en")),
        (("../Evil", "x|y", "", "d", "de\n"), {}, "en", ("de", "en")),
    ],
)
def test_languages(
    theirs: tuple[str, ...], noted: dict[str, str], wikis: str, expected: tuple[str, ...]
) -> None:
    of = event("starts_soon", delivery={"languages": noted})
    assert codes(of, "Old Name", Account(OWNER, exists=True, languages=theirs), wikis) == expected


def test_who_is_not_known_gets_the_wikis_language() -> None:
    assert codes(event("starts_soon"), "Talk:Schedule", None, "de") == ("de",)


def test_titles_are_subpages_and_the_base_page_last() -> None:
    assert titles(event("starts_soon"), "starts_soon", ("de-at", "de")) == (
        f"{BASE}/de-at",
        f"{BASE}/de",
        BASE,
    )


# --- whether it may be sent ---


def page(user: str, *, level: str = "", title: str = BASE, revid: int | None = 1) -> PageText:
    return PageText(title, revid, "== X ==", user, edit_level=level)


@pytest.mark.parametrize("user", [BOT, ADA, "ada_Organiser", "Ada_Organiser"])
def test_trusted_people(user: str) -> None:
    assert trusted(user, event("starts_soon"), BOT)


@pytest.mark.parametrize("user", ["", VANDAL, "Ada organiser", "127.0.0.1"])
def test_others(user: str) -> None:
    assert not trusted(user, event("starts_soon"), BOT)


@pytest.mark.parametrize(
    ("least", "level", "expected"),
    [
        ("", "sysop", False),
        ("", "", False),
        ("autoconfirmed", "", False),
        ("autoconfirmed", "autoconfirmed", True),
        ("autoconfirmed", "sysop", True),
        ("sysop", "templateeditor", False),
        ("sysop", "sysop", True),
        ("templateeditor", "extendedconfirmed", False),
        ("templateeditor", "editeditorprotected", False),
    ],
)
def test_protection_that_counts(least: str, level: str, expected: bool) -> None:
    of = event("starts_soon", delivery={"protected": least})
    assert protected(page(VANDAL, level=level), of) is expected


def test_translation_in_doubt_does_not_fall_back() -> None:
    pages = {f"{BASE}/de": page(VANDAL, title=f"{BASE}/de"), BASE: page(BOT)}
    found = chosen(
        event("starts_soon"), "starts_soon", ("de", "en"), pages | {f"{BASE}/en": page("", revid=None)}, BOT
    )
    assert (found.title, found.why.startswith(f"[[{BASE}/de]] was last changed by Vandal")) == (
        f"{BASE}/de",
        True,
    )


# --- whole ticks ---


@pytest.mark.parametrize(
    ("languages", "noted", "there", "sent"),
    [
        (("de",), {}, ("de",), f"{BASE}/de"),
        (("de-at",), {}, ("de",), f"{BASE}/de"),
        (("de",), {}, ("fr",), BASE),
        ((), {OWNER: "fr"}, ("de", "fr"), f"{BASE}/fr"),
        (("de",), {OWNER: "en"}, ("de",), BASE),
        (("de",), {}, (), BASE),
    ],
)
def test_notice_in_the_recipients_language(
    languages: tuple[str, ...], noted: dict[str, str], there: tuple[str, ...], sent: str
) -> None:
    world = speaking(*languages, languages=noted)
    for code in there:
        world.wiki.edit(f"{BASE}/{code}", f"== {code} {{{{{{title}}}}}} ==", user=ADA)
    world.tick()
    assert (world.wiki.text(TALK) or "").startswith(f"{{{{subst:{sent}|")
    heading = (
        f"{sent.removeprefix(BASE + '/')} Bots for tea"
        if sent != BASE
        else "Tea Hackathon: Bots for tea starts soon"
    )
    assert world.wiki.history(TALK)[0].summary.startswith(f"/* {heading} */ ")


DOUBT: dict[str, tuple[Callable[[World], object], str]] = {
    "a stranger": (
        lambda world: world.wiki.edit(f"{BASE}/de", "== Kauft! ==", user=VANDAL),
        f"[[{BASE}/de]] was last changed by Vandal, who is no organiser of the event: {MEND}",
    ),
    "no heading": (
        lambda world: world.wiki.edit(f"{BASE}/de", "Hallo", user=ADA),
        f"{BASE}/de must begin with a line like == Heading ==",
    ),
    "another model": (
        lambda world: world.wiki.edit(f"{BASE}/de", "{}", user=ADA, model="json"),
        f"[[{BASE}/de]] is no wikitext but json: restore it",
    ),
    "no base page": (
        lambda world: world.wiki.delete(BASE),
        f"[[{BASE}]] is missing: run publish_templates",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DOUBT)
def test_notice_in_doubt_is_held_with_the_reason(what: str) -> None:
    world = speaking("de")
    spoil, why = DOUBT[what]
    spoil(world)
    world.tick()
    assert (world.told(), world.held()) == (
        [],
        {
            "starts_soon": why.replace("starts_soon]]", "starts soon]]").replace(
                "starts_soon/de]]", "starts soon/de]]"
            )
        },
    )


def test_protected_template_is_sent_whoever_changed_it() -> None:
    world = speaking(protected="templateeditor")
    world.wiki.edit(BASE, "== Reworded ==", user="Helpful Admin")
    world.wiki.protect(BASE, "sysop")
    world.tick()
    assert world.told() == ["starts_soon"]


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([(VANDAL, "== Buy =="), ("Passer-by", "")], True),
        ([(VANDAL, "== Buy =="), ("Passer-by", "== Buy less ==")], False),
        ([(ADA, "== Hers =="), (VANDAL, "== Buy =="), ("Passer-by", "== Hers ==")], True),
        (
            [(ADA, "== Hers =="), (VANDAL, "== Buy =="), ("Passer-by", "")],
            False,
        ),  # older than the organiser's
    ],
)
def test_text_that_was_put_back_is_trusted_again(edits: list[tuple[str, str]], told: bool) -> None:
    world = speaking()
    published = world.wiki.text(BASE) or ""
    for user, text in edits:
        world.wiki.edit(BASE, text or published, user=user)
    world.tick()
    assert world.told() == (["starts_soon"] if told else [])


# --- between the look and the save ---


def failed(change: Callable[[World], object]) -> list[str]:
    """What the tick tells loudly, if the template is changed while the bot saves."""
    world = speaking()
    has_turn(world.wiki, world.ledger)
    world.wiki.before_save.append(lambda: change(world))
    done = world.tick()
    assert world.told() == ["starts_soon"]
    return done.results.failed


@pytest.mark.parametrize("back", [False, True], ids=["stays", "put back"])
def test_text_that_a_stranger_slipped_in_is_told_loudly(back: bool) -> None:
    def change(world: World) -> None:
        text = world.wiki.text(BASE) or ""
        world.wiki.edit(BASE, "== Buy ==", user=VANDAL)
        if back:
            world.wiki.edit(BASE, text, user=ADA)

    said = failed(change)
    assert [line.partition(" (revision")[0] for line in said] == [
        f"[[{TALK}]]: the notice starts_soon went out with the text of [[{BASE}]] as Vandal had changed it just then"
    ]


def test_text_that_an_organiser_improves_meanwhile_is_as_good() -> None:
    assert failed(lambda world: world.wiki.edit(BASE, "== Better ==", user=ADA)) == []


def test_template_that_goes_meanwhile_is_told_loudly() -> None:
    assert failed(lambda world: world.wiki.delete(BASE)) == [
        f"[[{TALK}]]: the notice starts_soon went out while [[{BASE}]] was changed or deleted: look at both"
    ]


def test_text_changed_after_the_save_is_not_told_of() -> None:
    """Two people; the template is changed after the first save and before the look, by whose time it is held."""
    world = World(f"{SESSION}<br />[[User:{ADA}]]", of=event("starts_soon"))

    def later() -> None:
        world.wiki.now += timedelta(seconds=5)
        world.wiki.edit(BASE, "== Buy ==", user=VANDAL)

    has_turn(world.wiki, world.ledger)
    world.wiki.before_save += [lambda: None, later]
    done = world.tick()
    assert len(done.results.failed) == 1
    assert done.results.failed[0].startswith(f"[[{TALK}]]: ")


# --- publishing ---


def test_translations_are_published(tmp_path: Path) -> None:
    (tmp_path / "notices/moved").mkdir(parents=True)
    (tmp_path / "notices/moved.wikitext").write_text("== Moved ==", "utf-8")
    (tmp_path / "notices/moved/de.wikitext").write_text("== Verlegt ==", "utf-8")
    found = dict(published_titles(event("starts_soon"), tmp_path))
    assert found == {
        "Template:Callboard/notices/moved": "== Moved ==",
        "Template:Callboard/notices/moved/de": "== Verlegt ==",
    }


def test_publishing_names_what_notices_would_be_held_for() -> None:
    world = World(FREE, of=event("starts_soon", delivery={"languages": {OWNER: "de"}}))
    folder = TEMPLATES.parent
    assert doubted(world.event, folder, world.wiki) == ()
    world.wiki.edit(BASE, "== Buy ==", user=VANDAL)
    world.wiki.edit("Template:Callboard/notices/moved/de", "== Verlegt ==", user=VANDAL)
    world.wiki.edit("Template:Callboard/notices/moved/fr", "== Pas moi ==", user=VANDAL)
    world.wiki.delete("Template:Callboard/notices/scheduled")
    assert [why.partition("]]")[0] for why in doubted(world.event, folder, world.wiki)] == [
        "[[Template:Callboard/notices/scheduled",
        "[[Template:Callboard/notices/starts soon",
        "[[Template:Callboard/notices/moved/de",
    ]
