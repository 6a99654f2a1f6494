"""What the wiki's API answers mean: pure mapping from its JSON (formatversion 2) to Callboard's values."""

import logging
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from callboard.errors import Stopped, WikiAway, WikiRefused
from callboard.model import Contribution, PageText
from callboard.ports import Conflict, History, Outcome, Refused, Saved, Unchanged, Unknown

log = logging.getLogger(__name__)

Json = Mapping[str, Any]

# The page is no longer what was read: changed, created, deleted, moved, or its revision is gone.
MOVED_ON = {
    *("editconflict", "articleexists", "missingtitle", "pagedeleted", "nosuchrevid", "revwrongpage"),
    *(
        "edit-conflict",
        "edit-already-exists",
        "edit-gone-missing",
    ),  # found out only while writing the revision
}
# The wiki answers these before it saves anything, and the next tick may fare better.
NOT_NOW = {"ratelimited", "readonly", "maxlag", "badtoken"}
# The account is not the one that was meant, or is logged out and cannot get in again.
WRONG_ACCOUNT = {
    "assertuserfailed",
    "assertbotfailed",
    "assertnameduserfailed",
    "notloggedin",
    "readapidenied",
}
# Something broke on the server, perhaps after the revision was made.
NOBODY_KNOWS = {"unknown", "unknownerror", "failed-save", ""}

# Protection levels of Wikimedia's wikis, the strictest last; no wiki of theirs orders them otherwise.
LEVELS = ("autoconfirmed", "extendedconfirmed", "templateeditor", "sysop")


def instant(stamp: str) -> datetime:
    """The UTC instant of `2021-05-22T13:00:00Z`."""
    return datetime.fromisoformat(stamp).astimezone(UTC)


def tidy(text: str) -> str:
    """The text as MediaWiki stores it: line ends LF, NFC, no blanks at the end. Signatures are not expanded here."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()


def user_name(name: str) -> str:
    """The canonical spelling of a user name: `ada_organiser` is `Ada organiser`."""
    bare = " ".join(unicodedata.normalize("NFC", name).replace("_", " ").split())
    first = bare[:1].upper()
    return (first if len(first) == 1 else bare[:1]) + bare[1:]


def can_be_asked(name: str) -> bool:
    """Whether a title or name can stand in a list of an API request at all."""
    return bool(name.strip()) and not any(sign in name for sign in "|\x1f\n\ufffd")


# --- pages -----------------------------------------------------------------------------------------


def merge_pages(answers: Iterable[Json]) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """What several answers (a request and its continuations) say together: old title to new, and page by title."""
    normalised: dict[str, str] = {}
    pages: dict[str, dict[str, Any]] = {}
    for answer in answers:
        query = answer.get("query", {})
        normalised.update((entry["from"], entry["to"]) for entry in query.get("normalized", ()))
        for page in query.get("pages", ()):
            known = pages.setdefault(page["title"], {})
            lists = {key: [*known.get(key, ()), *page.get(key, ())] for key in ("templates", "categories")}
            known.update({key: value for key, value in page.items() if value or key not in known} | lists)
    return normalised, pages


def by_title_asked(
    asked: Iterable[str], normalised: Mapping[str, str], pages: Mapping[str, Json]
) -> Iterator[tuple[str, Json | None]]:
    """Each title asked for with its page; None if the wiki said nothing of it (interwiki, impossible title)."""
    for title in asked:
        sent = unicodedata.normalize("NFC", title)
        found = normalised.get(sent, sent)
        yield title, pages.get(normalised.get(found, found)) or pages.get(found)


def page_text(asked: str, page: Json | None) -> PageText:
    """A page as the wiki told it; a title that can be no page here is missing and cannot be edited."""
    if page is None or page.get("invalid") or page.get("special"):
        return PageText(asked, None, can_edit=False)
    can_edit, level = bool(page.get("actions", {}).get("edit", True)), edit_level(page)
    revisions = page.get("revisions")
    model = page.get("contentmodel", "wikitext")
    if page.get("missing") or not revisions:
        return PageText(page["title"], None, model=model, can_edit=can_edit, edit_level=level)
    revision = revisions[0]
    slot = revision.get("slots", {}).get("main", {})
    return PageText(
        title=page["title"],
        revid=int(revision["revid"]),
        text=slot.get("content"),
        user=revision.get("user", ""),
        timestamp=instant(revision["timestamp"]),
        model=slot.get("contentmodel", model),
        redirect=bool(page.get("redirect")),
        templates=template_titles(page),
        can_edit=can_edit,
        edit_level=level,
        categories=tuple(sorted({category["title"] for category in page.get("categories", ())})),
        # The extension writes "0" where {{#useliquidthreads:0}} turns it off.
        liquid_threads=str(page.get("pageprops", {}).get("use-liquid-threads", "0")) != "0",
    )


def edit_level(page: Json) -> str:
    """To whom protection leaves editing, or making, the page: the strictest level, cascades included; empty: everybody."""
    action = "create" if page.get("missing") else "edit"
    levels = [one["level"] for one in page.get("protection", ()) if one["type"] == action]
    return max(levels, key=lambda level: LEVELS.index(level) if level in LEVELS else -1, default="")


def template_titles(page: Json | None) -> tuple[str, ...]:
    """The templates that the answer lists for a page, sorted."""
    return tuple(sorted({template["title"] for template in (page or {}).get("templates", ())}))


def pages_came_later(answers: Iterable[Json]) -> bool:
    """Whether a continuation brought pages after the answer that brought the bot's own edits."""
    return any(
        set(answer.get("continue", {})) - {"continue", "uccontinue", "lecontinue"} for answer in answers
    )


def revision_texts(answers: Iterable[Json]) -> dict[int, tuple[int, str]]:
    """By revision: the revision before it (0 if it made the page) and its text; deleted and hidden ones are left out."""
    return {
        revision["revid"]: (revision["parentid"], revision["slots"]["main"]["content"])
        for answer in answers
        for page in answer.get("query", {}).get("pages", ())
        for revision in page.get("revisions", ())
        if "content" in revision.get("slots", {}).get("main", {})
    }


def history(answer: Json) -> History:
    """A page's revisions; of a hidden one the text is None, of a hidden user the name is empty."""
    found = [
        (page["title"], revision)
        for page in answer.get("query", {}).get("pages", ())
        for revision in page.get("revisions", ())
    ]
    revisions = tuple(
        PageText(
            title,
            int(revision["revid"]),
            revision.get("slots", {}).get("main", {}).get("content"),
            revision.get("user", ""),
            instant(revision["timestamp"]),
        )
        for title, revision in found
    )
    return History(revisions, whole=bool(found) and not found[-1][1].get("parentid"))


def as_saved(answer: Any) -> str:
    """The text after a pre-save transform; raises WikiAway where the answer holds none."""
    match answer:
        case {"parse": {"text": str(text)}}:
            return text
    raise WikiAway("the wiki answered with something that is no text as it would be saved")


def deletions(answers: Iterable[Json]) -> dict[str, datetime]:
    """When each user talk page was deleted last, by its title; a hidden log entry names none."""
    found: dict[str, datetime] = {}
    for answer in answers:
        for entry in answer.get("query", {}).get("logevents", ()):
            if "title" in entry:
                at = instant(entry["timestamp"])
                found[entry["title"]] = max(at, found.get(entry["title"], at))
    return found


def contributions(answers: Iterable[Json]) -> tuple[Contribution, ...]:
    """The bot's own edits, newest first; an edit whose summary was hidden has an empty comment."""
    found = {
        edit["revid"]: Contribution(
            edit["title"], int(edit["revid"]), edit.get("comment", ""), instant(edit["timestamp"])
        )
        for answer in answers
        for edit in answer.get("query", {}).get("usercontribs", ())
        if "title" in edit
    }
    return tuple(sorted(found.values(), key=lambda edit: (edit.timestamp, edit.revid), reverse=True))


# --- the bot's own account --------------------------------------------------------------------------------------


def check_account(me: Json) -> None:
    """Raises Stopped if the bot's own account is blocked, WikiRefused if it may not edit; warns without bot flag."""
    check_block(me)
    if "edit" not in me.get("rights", ()):
        raise WikiRefused(f"{me['name']} may not edit: does its BotPassword have the grants for it?")
    if "bot" not in me.get("rights", ()):
        log.warning("%s has no bot flag: its edits are not marked as a bot's", me["name"])


def check_block(me: Json) -> None:
    """Raises Stopped if the bot's own account is blocked; a block from some pages only is seen when saving there."""
    if "blockid" in me and not me.get("blockpartial"):
        raise Stopped(f"{me['name']} is blocked by {me.get('blockedby')}: {me.get('blockreason')}")


def check_session(me: Json, bot: str) -> None:
    """Raises WikiAway if the answer was not given to the bot's account, Stopped if that is blocked.

    A continued answer does not say again to whom it was given.
    """
    if me.get("name", bot) != bot:
        raise WikiAway(f"the log-in of {bot} has ended: the wiki answered {me['name']}")
    check_block(me)


# --- saves -----------------------------------------------------------------------------------------


def saved(answer: Any, base: int | None) -> Outcome:
    """The outcome of an answer to `action=edit` that is no error; `base` is the revision that was read."""
    edit = answer.get("edit") if isinstance(answer, dict) else None
    if not isinstance(edit, dict):
        return Unknown("the wiki answered with something that is no answer to an edit")
    if edit.get("result") != "Success":
        code = next((key for key in ("captcha", "spamblacklist", "abusefilter") if key in edit), "failure")
        return Refused(str(edit.get("code", code)), str(edit.get("info", edit)))
    if "nochange" in edit:
        return Unchanged()
    try:
        return Saved(
            int(edit["newrevid"]),
            instant(edit["newtimestamp"]),
            merged=base is not None and int(edit["oldrevid"]) != base,
        )
    except (KeyError, ValueError, TypeError):
        return Unknown("the wiki said that it saved, but not what")


def save_error(code: str, info: str, details: Mapping[str, Any]) -> Outcome:
    """The outcome of an API error; raises WikiAway, WikiRefused or Stopped where the page is not the reason."""
    if code in MOVED_ON:
        return Conflict(f"{code}: {info}")
    if code in NOT_NOW:
        raise WikiAway(f"the wiki saves nothing now ({code}): {info}")
    if code in WRONG_ACCOUNT or code.startswith("mwoauth-"):
        raise WikiRefused(f"the wiki does not accept the bot's account ({code}): {info}")
    if code in {"blocked", "autoblocked"} or code.startswith("globalblocking"):
        if details.get("blockinfo", {}).get("blockpartial"):
            return Refused(code, info)
        raise Stopped(f"the bot's account is blocked ({code}): {info}")
    if code.lower() in NOBODY_KNOWS or code.startswith("internal_api_error"):
        return Unknown(f"the server stumbled ({code}): {info}")
    return Refused(code, info)


class Look:
    """What has been seen so far in one `read`."""

    def __init__(self) -> None:
        self.now: datetime | None = None
        self.pages: dict[str, PageText] = {}
        self.last: list[dict[str, Any]] = []

    def add(self, said: list[dict[str, Any]]) -> None:
        """One more query and its continuations; the first tells the time."""
        self.last = said
        if self.now is None:
            self.now = instant(said[0]["curtimestamp"])


def worth_saying(record: logging.LogRecord) -> bool:
    """Whether it is not what an outcome tells anyway: a failed request's stack trace, an ordinary conflict."""
    return not record.getMessage().startswith(
        ("Traceback", "API error editconflict", "API error articleexists")
    )
