"""A person at the development wiki: edits as people do, between two steps of the bot.

Talks to the API over requests and knows nothing of pywikibot, so that what it does and sees is independent
of the code under test.
"""

from collections.abc import Callable
from typing import Any, Self

import requests

from dev.wiki_requests import PEOPLE_AGENT

# Somebody else changed, made or deleted the page since it was read.
OVERTAKEN = {"editconflict", "articleexists", "missingtitle"}


class WikiSaidNo(Exception):
    """The API answered with an error; `code` is its code, as `editconflict` or `protectedpage`."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(f"{code}: {info}")
        self.code = code


class Person:
    """Somebody with an account, logged in at the first need."""

    def __init__(self, api: str, name: str, password: str) -> None:
        self.name = name
        self._api = api
        self._password = password
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["User-Agent"] = f"{PEOPLE_AGENT}/1.0"
        self._logged_in = False
        self._csrf = ""

    def api(self, action: str, **params: Any) -> dict[str, Any]:
        """The API's answer as JSON (formatversion 2), logged in; a token is added where one is needed.

        True stands for a flag that is set, False and None for one that is not; lists are joined with `|`.
        Raises WikiSaidNo.
        """
        if not self._logged_in:
            self._log_in()
        if action in {"query", "parse", "compare", "paraminfo", "expandtemplates"}:
            return self._send(action, params)
        self._csrf = self._csrf or self._token("csrf")
        return self._send(action, {"token": self._csrf, "assertuser": self.name, **params})

    def edit(self, title: str, text: str, summary: str = "", *, minor: bool = False) -> int:
        """The new revision's id after saving a page, whatever stood there; the current one's if nothing changed.

        Raises WikiSaidNo.
        """
        flag = {"minor": True} if minor else {"notminor": True}
        return self._saved(title, text, summary, **flag)

    def change(self, title: str, how: Callable[[str | None], str], summary: str = "") -> int:
        """The new revision's id after what an editor does: read, change, save on the revision read; again after a conflict.

        `how` makes the new text of the page's text, None if there is no such page; what it raises ends the attempt.
        Raises WikiSaidNo.
        """
        while True:
            there = self._revision(title, "ids|content")
            text = how(None if there is None else str(there["slots"]["main"]["content"]))
            base = {"baserevid": there["revid"], "nocreate": True} if there else {"createonly": True}
            try:
                return self._saved(title, text, summary, notminor=True, **base)
            except WikiSaidNo as no:
                if no.code not in OVERTAKEN:
                    raise

    def _saved(self, title: str, text: str, summary: str, **how: object) -> int:
        edit = self.api("edit", title=title, text=text, summary=summary, **how)["edit"]
        return int(edit["newrevid"]) if "newrevid" in edit else self.revid(title)

    def replace(self, title: str, old: str, new: str, summary: str = "") -> int:
        """The new revision's id after exchanging the one place where `old` stands. Raises ValueError, WikiSaidNo."""

        def exchanged(text: str | None) -> str:
            if (text or "").count(old) != 1:
                raise ValueError(f"{old!r} stands {(text or '').count(old)} times in [[{title}]]")
            return (text or "").replace(old, new)

        return self.change(title, exchanged, summary)

    def text(self, title: str) -> str | None:
        """The wikitext of a page; None if there is no such page."""
        revision = self._revision(title, "content")
        return None if revision is None else str(revision["slots"]["main"]["content"])

    def revid(self, title: str) -> int:
        """The id of the newest revision; 0 if there is no such page."""
        revision = self._revision(title, "ids")
        return 0 if revision is None else int(revision["revid"])

    def html(self, title: str) -> str:
        """The page's body as MediaWiki renders it now. Raises WikiSaidNo if there is no such page."""
        return str(self.api("parse", page=title, prop="text", disablelimitreport=True)["parse"]["text"])

    def render(self, text: str, title: str = "Sandbox") -> str:
        """The HTML of some wikitext, as if it stood on `title`; nothing is saved."""
        answer = self.api(
            "parse",
            text=text,
            title=title,
            contentmodel="wikitext",
            prop="text",
            pst=True,
            disablelimitreport=True,
            disableeditsection=True,
        )
        return str(answer["parse"]["text"])

    def history(self, title: str) -> list[dict[str, Any]]:
        """The revisions of a page, newest first: revid, parentid, user, comment, size, tags, minor, timestamp."""
        wanted = "ids|user|comment|size|tags|flags|timestamp"
        answer = self.api("query", prop="revisions", titles=title, rvprop=wanted, rvlimit="max")
        return list(answer["query"]["pages"][0].get("revisions", []))

    def delete(self, title: str, reason: str = "") -> None:
        """Deletes a page; for people with the right. Raises WikiSaidNo."""
        self.api("delete", title=title, reason=reason)

    def protect(self, title: str, level: str = "sysop", what: str = "edit") -> None:
        """Protects a page (`what` is edit, create or move); level `all` lifts it. Raises WikiSaidNo."""
        self.api("protect", title=title, protections=f"{what}={level}", expiry="infinite")

    def move(self, old: str, new: str, *, leave_redirect: bool = True) -> None:
        """Moves a page, without its talk page. Raises WikiSaidNo."""
        self.api("move", **{"from": old, "to": new, "noredirect": not leave_redirect})

    def block(self, name: str, reason: str = "", *, expiry: str = "infinite") -> None:
        """Blocks an account, its own talk page included; for people with the right. Raises WikiSaidNo."""
        self.api("block", user=name, reason=reason, expiry=expiry, nocreate=True)

    def unblock(self, name: str) -> None:
        """Lifts a block; for people with the right. Raises WikiSaidNo."""
        self.api("unblock", user=name)

    def has_messages(self) -> bool:
        """Whether the wiki shows this person "you have new messages" for the own talk page."""
        return bool(self.api("query", meta="userinfo", uiprop="hasmsg")["query"]["userinfo"].get("messages"))

    def notifications(self) -> list[dict[str, Any]]:
        """Echo's notifications for this person, newest first: type, title, agent, read …"""
        answer = self.api("query", meta="notifications", notprop="list", notlimit="max", notformat="model")
        return list(answer["query"]["notifications"]["list"])

    def close(self) -> None:
        """Gives the connection back."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _revision(self, title: str, wanted: str) -> dict[str, Any] | None:
        answer = self.api("query", prop="revisions", titles=title, rvprop=wanted, rvslots="main")
        page = answer["query"]["pages"][0]
        return dict(page["revisions"][0]) if "revisions" in page else None

    def _log_in(self) -> None:
        answer = self._send(
            "clientlogin",
            {
                "username": self.name,
                "password": self._password,
                "logintoken": self._token("login"),
                "loginreturnurl": self._api,
            },
        )["clientlogin"]
        if answer["status"] != "PASS":
            raise WikiSaidNo(str(answer.get("messagecode", "login")), f"{self.name}: {answer.get('message')}")
        self._logged_in = True

    def _token(self, kind: str) -> str:
        answer = self._send("query", {"meta": "tokens", "type": kind})
        return str(answer["query"]["tokens"][f"{kind}token"])

    def _send(self, action: str, params: dict[str, Any]) -> dict[str, Any]:
        data = {"action": action, "format": "json", "formatversion": "2", "errorformat": "plaintext"}
        for name, value in params.items():
            if value is not None and value is not False:
                data[name] = (
                    "|".join(value)
                    if isinstance(value, list | tuple)
                    else "1"
                    if value is True
                    else str(value)
                )
        answer = self._session.post(self._api, data=data, timeout=60).json()
        if "errors" in answer:
            raise WikiSaidNo(str(answer["errors"][0]["code"]), str(answer["errors"][0]["text"]))
        return dict(answer)
