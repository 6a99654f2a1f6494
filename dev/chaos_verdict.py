"""What came of a chaos run, from the wiki itself: every revision that was ever made, deleted ones too.

Pure but for `revisions`, which reads the wiki's database.
"""

import contextlib
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from callboard.ledger import Sent
from callboard.notices.message import marks
from dev.chaos_journal import keys_of
from dev.chaos_waves import Delivery

_SLASHES = 3  # in a notice's key; the report page has marks of other kinds
_WORD = re.compile(r"by-hand-\d{6}")
_NAMESPACES = {0: "", 2: "User:", 3: "User talk:", 4: "Project:", 10: "Template:"}
# The same for revisions that stand and for those of deleted pages.
_STANDING = """
SELECT rev_id, rev_parent_id, rev_timestamp, actor_name, comment_text, page_namespace, page_title
FROM revision JOIN actor ON actor_id = rev_actor JOIN comment ON comment_id = rev_comment_id
JOIN page ON page_id = rev_page WHERE rev_id > ?"""
_DELETED = """
SELECT ar_rev_id, ar_parent_id, ar_timestamp, actor_name, comment_text, ar_namespace, ar_title
FROM archive JOIN actor ON actor_id = ar_actor JOIN comment ON comment_id = ar_comment_id WHERE ar_rev_id > ?"""
_TEXT = """
SELECT old_text FROM slots JOIN content ON content_id = slot_content_id
JOIN text ON old_id = CAST(substr(content_address, 4) AS INTEGER) WHERE slot_revision_id = ?"""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision; `before` is the text of the one that it was made from, empty if it made the page."""

    revid: int
    title: str
    user: str
    at: str  # YYYYMMDDHHMMSS, UTC
    summary: str
    before: str
    text: str
    deleted: bool = False

    def line(self) -> str:
        """The revision as one line of text."""
        gone = ", deleted since" if self.deleted else ""
        return f"revision {self.revid} of [[{self.title}]], {self.at}, by {self.user}{gone}: {self.summary}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A promise that was broken: what, of which notice, on which page, and the revisions that show it."""

    what: str
    key: str = ""
    title: str = ""
    revisions: tuple[Revision, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of some deliveries."""

    posted: int
    on_record: Mapping[str, int]  # by reason
    failures: tuple[Failure, ...]


def judged(
    deliveries: Iterable[Delivery],
    made: Sequence[Revision],
    recorded: Iterable[Sent],
    words: Mapping[str, str],
    bot: str,
    *,
    deleted: Collection[str] = (),
) -> Verdict:
    """Whether each delivery was made once or is on record, nothing else was sent, and no edit by hand was lost.

    `words` are those that people wrote, with the page of each; `recorded` is what the bots' ledgers say. With one of the
    pages that were `deleted` the bot's notice may be gone, so that it rather says nothing there.
    """
    own = [one for one in made if one.user == bot]
    sent = _sent(own)
    wanted = {one.key: one for one in deliveries}
    failures = [*_twice(sent), *_unasked(sent, wanted), *_lost_words(made, own, words)]
    reasons: dict[str, set[str]] = defaultdict(set)
    for entry in recorded:
        if entry.state in {"held", "skipped"}:
            reasons[entry.key].add(entry.why)
    posted, on_record = 0, Counter[str]()
    for key, delivery in wanted.items():
        why = sorted(reasons[key])
        gone = "deleted" if delivery.recipient.told_on & set(deleted) else ""
        patterns = [one for one in (delivery.refusable, gone) if one]
        plausible = [
            one for one in why if any(re.search(pattern, one, re.IGNORECASE) for pattern in patterns)
        ]
        if key in sent:
            posted += 1
        elif plausible:
            on_record[plausible[0].replace(delivery.recipient.name, "…")] += 1
        else:
            told = f"on record: {why}" if why else "nothing is on record"
            failures.append(Failure("lost", key, delivery.recipient.page, note=told))
    return Verdict(posted, on_record, tuple(failures))


def _sent(own: Iterable[Revision]) -> dict[str, list[Revision]]:
    """By key: the bot's revisions that brought the notice, by their summaries or by marks that were not there before."""
    sent: dict[str, list[Revision]] = defaultdict(list)
    for one in own:
        brought = {key for key in marks(one.text) - marks(one.before) if key.count("/") == _SLASHES}
        for key in {*keys_of(one.summary), *brought}:
            sent[key].append(one)
    return sent


def _twice(sent: Mapping[str, Sequence[Revision]]) -> Iterable[Failure]:
    for key, made in sent.items():
        if len(made) > 1:
            yield Failure("posted twice", key, made[-1].title, tuple(made))
        for one in made:
            if one.text.count(f"callboard:{key} -->") > 1:
                yield Failure("stands twice on one page", key, one.title, (one,))


def _unasked(sent: Mapping[str, Sequence[Revision]], wanted: Mapping[str, Delivery]) -> Iterable[Failure]:
    for key, made in sent.items():
        if key not in wanted:
            yield Failure("nobody was to be told this", key, made[0].title, tuple(made))
        elif wrong := tuple(one for one in made if one.title not in wanted[key].recipient.told_on):
            yield Failure("on a wrong page", key, wrong[0].title, wrong)


def _lost_words(
    made: Sequence[Revision], own: Iterable[Revision], words: Mapping[str, str]
) -> Iterable[Failure]:
    """What people wrote and the bot took off again, or what is in no revision."""
    found = {word for one in made for word in _WORD.findall(one.text)}
    for word in sorted(words.keys() - found):
        yield Failure("an edit by hand is in no history", title=words[word], note=word)
    for one in own:
        gone = set(_WORD.findall(one.before)) - set(_WORD.findall(one.text))
        if one.title.startswith("User talk:"):  # a notice only adds
            lines = Counter(one.before.rstrip().splitlines())
            lines.subtract(Counter(one.text.splitlines()))
            gone |= {line for line, more in lines.items() if more > 0 and line.strip()}
        if gone:
            yield Failure(
                "the bot took off what people wrote", "", one.title, (one,), note=str(sorted(gone)[:5])
            )


def revisions(database: Path, after: int = 0) -> list[Revision]:
    """Every revision with a higher id, oldest first; those of deleted pages too."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as wiki:
        rows = [(row, False) for row in wiki.execute(_STANDING, (after,))]
        rows += [(row, True) for row in wiki.execute(_DELETED, (after,))]
        rows.sort(key=lambda row: int(row[0][0]))
        return [_revision(wiki, row, deleted=deleted) for row, deleted in rows]


def _revision(
    wiki: sqlite3.Connection, row: tuple[int, int, str, str, str, int, str], *, deleted: bool
) -> Revision:
    revid, parent, at, user, summary, namespace, title = row
    return Revision(
        int(revid),
        _NAMESPACES.get(namespace, f"{namespace}:") + str(title).replace("_", " "),
        str(user),
        str(at),
        str(summary),
        _text(wiki, parent) if parent else "",
        _text(wiki, revid),
        deleted,
    )


def _text(wiki: sqlite3.Connection, revid: int) -> str:
    row = wiki.execute(_TEXT, (revid,)).fetchone()
    content = row[0] if row else ""
    return content.decode() if isinstance(content, bytes) else str(content)
