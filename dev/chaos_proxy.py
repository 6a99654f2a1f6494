"""One bot's way to the wiki: a forward proxy on loopback that lets its requests meet the faults drawn for them."""

import json
import os
import signal
import threading
import time
import urllib.parse
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace

from dev.chaos_crowd import Crowd
from dev.chaos_faults import Fate, Fault, Lot
from dev.chaos_journal import Journal, keys_of
from dev.chaos_nursery import PID
from dev.chaos_port import Port
from dev.forwarding import Answer, Call, forwarded

CLOSED_FOR = 0.12  # seconds that a port stays closed
GIVEN_UP_AFTER = 2.0  # seconds; longer than a bot waits for an answer
RATELIMITED = '{"error": {"code": "ratelimited", "info": "You have exceeded your rate limit."}}'
CAPTCHA = '{"edit": {"result": "Failure", "captcha": {"type": "image", "id": "1", "url": "/captcha"}}}'
ERROR_PAGE = b"<html><h1>Wikimedia Error</h1>Our servers are having a problem</html>"
DISALLOWED, WARNED = "chaos-disallow", "chaos-warn"  # in a summary: the wiki's abuse filters look for them
_TALK_ONLY = {
    *(Fault.PROTECTED, Fault.DELETED, Fault.DELETED_AFTER, Fault.ARCHIVED, Fault.ARCHIVED_AFTER),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request of the bot, understood."""

    call: Call
    number: int
    pid: int
    save: bool
    title: str
    keys: tuple[str, ...]
    fate: Fate


class ChaosProxy:
    """A proxy of one bot. Without a lot (`calm`) nothing goes wrong."""

    def __init__(self, bot: str, crowd: Crowd, journal: Journal) -> None:
        self.bot = bot
        self._crowd, self._journal = crowd, journal
        self._lot: Lot | None = None
        self._schedule = ""
        self._number = 0
        self._counting = threading.Lock()
        self._dead: set[str] = set()  # sessions that ended
        self._port = Port(self._answer)
        self.url = self._port.url

    def begin(self, lot: Lot, schedule: str) -> None:
        """A new wave: count from one; `schedule` is the page that people change."""
        self._lot, self._schedule, self._number = lot, schedule, 0

    def calm(self, *, on: bool, lot: Lot | None = None) -> None:
        """Quiet for a while, or faults again."""
        self._lot = None if on else lot

    def settle(self, seconds: float = 30.0) -> bool:
        """Wait until everything that is on its way has landed; False if it did not."""
        return self._port.settle(seconds)

    def close(self) -> None:
        """Serve no more."""
        self._port.close()

    def _answer(self, call: Call) -> Answer | None:
        """What the bot hears; None: nothing, its connection is reset."""
        asked = self._understood(call)
        answer = self._fulfil(asked)
        if asked.fate.then_refused:
            self._met(Fault.REFUSED)
            self._port.refuse(CLOSED_FOR)
        return answer

    def _understood(self, call: Call) -> _Asked:
        with self._counting:
            self._number += 1
            number = self._number
        self._journal.counted_request()
        save = call.params.get("action") == "edit"
        calm = Fate(None, 500, 0.0, 0.0, then_refused=False)
        fate = self._lot.fate(number, save=save) if self._lot else calm
        title = call.params.get("title", "")
        if fate.fault in _TALK_ONLY and not title.startswith("User talk:"):
            fate = replace(fate, fault=None)
        pid = int(call.headers.pop(PID, 0))
        return _Asked(call, number, pid, save, title, keys_of(call.params.get("summary", "")), fate)

    def _fulfil(self, asked: _Asked) -> Answer | None:
        fault = asked.fate.fault
        if fault:
            self._met(fault)
        if asked.save or fault:
            self._note(asked, f"{'save' if asked.save else 'request'}: {fault or 'no fault'}")
        self._before(asked)
        match fault:
            case Fault.RESET:
                return None
            case Fault.ERROR:
                return Answer(asked.fate.status, ERROR_PAGE, "text/html")
            case Fault.RATELIMITED:
                return Answer(200, RATELIMITED.encode(), "application/json")
            case Fault.CAPTCHA:
                return Answer(200, CAPTCHA.encode(), "application/json")
            case Fault.KILLED:
                self._kill(asked)
                return None
            case Fault.TIME_OUT | Fault.LATE | Fault.KILLED_LATE:
                return self._lost_and_late(asked)
            case Fault.KILLED_ON_THE_WAY:
                self._kill(asked)
        return self._after(asked, self._forward(asked))

    def _before(self, asked: _Asked) -> None:
        """What people and admins do right before the request arrives."""
        crowd, title = self._crowd, asked.title or _talk_page(asked.call)
        match asked.fate.fault:
            case Fault.CONFLICT | Fault.MERGE if title:
                crowd.write(title, at_top=asked.fate.fault is Fault.MERGE)
            case Fault.SCHEDULE:
                crowd.write(self._schedule, make=False)
            case Fault.PROTECTED:
                crowd.protect(title)
            case Fault.BLOCKED:
                crowd.block_bot()
            case Fault.DELETED:
                crowd.delete(title)
            case Fault.ARCHIVED:
                crowd.archive(title)

    def _after(self, asked: _Asked, answer: Answer) -> Answer | None:
        match asked.fate.fault:
            case Fault.RESET_AFTER | Fault.KILLED_ON_THE_WAY:
                return None
            case Fault.ERROR_AFTER:
                return Answer(asked.fate.status, ERROR_PAGE, "text/html")
            case Fault.DELETED_AFTER:
                self._crowd.delete(asked.title)
            case Fault.ARCHIVED_AFTER:
                self._crowd.archive(asked.title)
            case Fault.KILLED_AFTER:
                threading.Timer(asked.fate.moment, self._kill, [asked]).start()
        return answer

    def _lost_and_late(self, asked: _Asked) -> Answer | None:
        """The bot hears nothing, or is dead; the wiki gets the request seconds later."""
        self._port.begins()
        threading.Thread(target=self._land, args=(asked,), daemon=True).start()
        if asked.fate.fault is Fault.KILLED_LATE:
            self._kill(asked)
        if asked.fate.fault is Fault.TIME_OUT:
            time.sleep(GIVEN_UP_AFTER)
        return None

    def _land(self, asked: _Asked) -> None:
        try:
            time.sleep(asked.fate.late)
            self._forward(asked)
        finally:
            self._port.ends()

    def _forward(self, asked: _Asked) -> Answer:
        call = asked.call
        match asked.fate.fault:
            case Fault.MAXLAG:
                call = call.saying(maxlag="-2")  # the wiki's own way to try it
            case Fault.BADTOKEN:
                call = call.saying(token="wrong+\\")  # noqa: S106 -- a wrong one
            case Fault.DISALLOWED:
                call = call.saying(summary=f"{DISALLOWED} {call.params.get('summary', '')}")
            case Fault.WARNING:
                call = call.saying(summary=f"{WARNED} {call.params.get('summary', '')}")
            case Fault.SESSION:
                self._dead |= call.sessions()
        if self._dead & call.sessions():
            call = call.without(self._dead)
        with self._crowd.read_only() if asked.fate.fault is Fault.READONLY else nullcontext():
            answer = forwarded(call)
        if asked.save:
            self._note(asked, "the wiki answers", _said(answer))
        return answer

    def _kill(self, asked: _Asked) -> None:
        with suppress(ProcessLookupError):
            if asked.pid:
                os.kill(asked.pid, signal.SIGKILL)

    def _met(self, fault: Fault) -> None:
        self._journal.met(fault)

    def _note(self, asked: _Asked, what: str, answer: str = "") -> None:
        self._journal.note(
            what, bot=self.bot, number=asked.number, title=asked.title, keys=asked.keys, answer=answer
        )


def _talk_page(call: Call) -> str:
    """The first talk page that a query asks for."""
    titles = urllib.parse.unquote(call.params.get("titles", "")).split("|")
    return next((title for title in titles if title.startswith("User talk:")), "")


def _said(answer: Answer) -> str:
    """What the wiki says of a save, in a word or two."""
    try:
        told = json.loads(answer.body)
    except ValueError:
        return f"HTTP {answer.status}"
    if "error" in told:
        return str(told["error"].get("code"))
    edit = told.get("edit", {})
    return f"revision {edit['newrevid']}" if "newrevid" in edit else str(edit.get("result"))
