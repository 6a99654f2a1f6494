"""The stage of a chaos run: a fresh wiki with its people, templates and filters, and two bots, each behind its proxy."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev.chaos_crowd import Crowd
from dev.chaos_journal import Journal
from dev.chaos_nursery import Nursery
from dev.chaos_proxy import DISALLOWED, WARNED, ChaosProxy
from dev.chaos_waves import Recipient
from dev.devwiki import DevWiki
from dev.wiki_accounts import ORGANISER
from dev.wiki_paths import ROOT, SOURCES

BOTS = ("bot A", "bot B")
# They read whole talk pages at each save, and have no say in what is saved: three times the time.
WITHOUT = ("DiscussionTools", "Echo", "Linter", "VisualEditor")


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that takes part."""

    wiki: DevWiki
    crowd: Crowd
    journal: Journal
    folder: Path
    proxies: tuple[ChaosProxy, ...]
    nurseries: tuple[Nursery, ...]


@contextmanager
def staged(name: str, folder: Path, recipients: Sequence[Recipient]) -> Iterator[Stage]:
    """The stage, fresh; the wiki is gone at the end, `folder` with the journal and the bots' logs stays."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        wiki = stack.enter_context(DevWiki.start(name, without=WITHOUT, answers_first=True))
        journal = Journal(folder / "journal.jsonl")
        stack.callback(journal.close)
        furnish(wiki, recipients)
        crowd = Crowd(wiki, journal)
        stack.callback(crowd.close)
        proxies, nurseries = [], []
        for number, bot in enumerate(BOTS):
            proxies.append(ChaosProxy(bot, crowd, journal))
            stack.callback(proxies[-1].close)
            log = stack.enter_context((folder / f"bot-{number}.log").open("wb"))
            nurseries.append(Nursery(_environment(wiki, number), log))
            stack.callback(nurseries[-1].close)
        yield Stage(wiki, crowd, journal, folder, tuple(proxies), tuple(nurseries))


def _environment(wiki: DevWiki, number: int) -> dict[str, str]:
    """Each bot is on a machine of its own: pywikibot keeps its files, cookies included, apart."""
    return {
        **os.environ,
        **wiki.environment(),
        "CALLBOARD_FILES": str(wiki.directory / f"pywikibot-{number}"),
        "PYWIKIBOT_DIR": str(ROOT),
        "PYWIKIBOT_NO_USER_CONFIG": "0",
    }


def furnish(wiki: DevWiki, recipients: Sequence[Recipient]) -> None:
    """Accounts, talk pages, what admins did to some of them, the notices' templates, and two abuse filters."""
    _accounts(wiki, [one.name for one in recipients])
    pages = {one.page: one.talk for one in recipients if one.talk is not None}
    for template in sorted((ROOT / "templates_wikitext/notices").rglob("*.wikitext")):
        title = template.relative_to(ROOT / "templates_wikitext").with_suffix("")
        pages[f"Template:Callboard/{title}"] = template.read_text("utf-8").rstrip("\n")
    contents = wiki.directory / "chaos.json"
    wanted = {"accounts": [], "interwiki": {}, "author": ORGANISER, "pages": pages}
    contents.write_text(json.dumps(wanted), "utf-8")
    wiki.maintenance(str(SOURCES / "Populate.php"), str(contents))
    admin = wiki.person(ORGANISER)
    for one in recipients:
        match one.treatment:
            case "blocked":
                admin.block(one.name, "Spam")
            case "protected":
                admin.protect(one.page)
            case "bot":
                admin.api("userrights", user=one.name, add="bot", token=_rights_token(wiki))
    wiki.abuse_filter("Chaos", f'summary contains "{DISALLOWED}"', "disallow")
    wiki.abuse_filter("Some chaos", f'summary contains "{WARNED}"', "warn")


def _rights_token(wiki: DevWiki) -> str:
    answer = wiki.person(ORGANISER).api("query", meta="tokens", type="userrights")
    return str(answer["query"]["tokens"]["userrightstoken"])


def _accounts(wiki: DevWiki, names: Sequence[str]) -> None:
    """Accounts that nobody logs in to; all of them in two statements."""
    told = json.dumps(names)
    wiki.sql(
        "INSERT INTO user (user_name, user_real_name, user_password, user_newpassword, user_email, user_token,"
        " user_touched, user_registration) SELECT value, '', '', '', '', ?, '20260101000000', '20260101000000'"
        " FROM json_each(?)",
        "t" * 32,
        told,
    )
    wiki.sql(
        "INSERT INTO actor (actor_user, actor_name) SELECT user_id, user_name FROM user"
        " WHERE user_name IN (SELECT value FROM json_each(?))",
        told,
    )
