"""What happened in a chaos run, moment by moment: kept in memory for the verdict, and in a file for people."""

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

KEY = re.compile(r"\[callboard:([^\]\n]+)\]")


def keys_of(summary: str) -> tuple[str, ...]:
    """The keys of all notices that an edit summary names."""
    return tuple(KEY.findall(summary))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: seconds since the start, where in the run, and what."""

    at: float
    wave: int
    bot: str
    number: int  # of the bot's request in the wave; 0 for what is no request
    what: str
    title: str = ""
    keys: tuple[str, ...] = ()
    answer: str = ""

    def line(self) -> str:
        """The entry as one line of text."""
        request = f"request {self.number}" if self.number else ""
        told = " ".join(filter(None, (self.bot, request, self.what, self.title, self.answer)))
        return f"{self.at:9.3f} s  {told}"


class Journal:
    """Entries in the order in which they came; safe to write to from several threads."""

    def __init__(self, file: Path) -> None:
        self.wave = 0
        self.entries: list[Entry] = []
        self.faults: Counter[str] = Counter()
        self.requests = 0
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._file = file.open("w", encoding="utf-8")

    def note(
        self,
        what: str,
        *,
        bot: str = "",
        number: int = 0,
        title: str = "",
        keys: tuple[str, ...] = (),
        answer: str = "",
    ) -> None:
        """One more entry."""
        with self._lock:
            entry = Entry(
                round(time.monotonic() - self._began, 3), self.wave, bot, number, what, title, keys, answer
            )
            self.entries.append(entry)
            self._file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")

    def met(self, fault: str) -> None:
        """One more fault of this kind really happened."""
        with self._lock:
            self.faults[fault] += 1

    def counted_request(self) -> None:
        """One more request of a bot."""
        with self._lock:
            self.requests += 1

    def around(self, wave: int, keys: Iterable[str], title: str = "") -> list[str]:
        """What was noted in a wave of these notices or this page, and of no request at all."""
        wanted = set(keys)
        return [
            one.line()
            for one in self.entries
            if one.wave == wave
            and (wanted & set(one.keys) or (title and one.title == title) or not one.number)
        ]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()
