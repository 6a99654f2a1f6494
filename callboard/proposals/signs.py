"""From Conduit's rows to signs: of transaction.search, which shows all versions of a comment, and of whole histories."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from callboard.proposals.memory import How, Sign
from callboard.values import value

_TAGS = (
    41  # the edge from an object to its projects; gettasktransactions shows edges by number (recording 097)
)


@value()
class Kept:
    """Whose signs of a board are remembered."""

    project: str  # PHID
    comments_by: Container[str]  # PHIDs: the coordinators whom the event file names, and the bot
    tags: Container[str]  # PHIDs


def signs_in(row: Mapping[str, Any], kept: Kept) -> Iterator[Sign]:
    """The signs that a row of transaction.search is: none, one, or one for each tag."""
    base = _Base(int(row["id"]), row["phid"], row["objectPHID"], row["authorPHID"], int(row["dateCreated"]))
    kind, fields = row["type"], row["fields"]
    if kind == "comment" and row["comments"] and base.author in kept.comments_by:
        yield with_versions(base.sign("comment"), row["comments"])
    elif kind == "core:columns":
        yield from _moved(base, fields["new"], kept)
    elif kind == "projects":
        for operation in fields["operations"]:
            yield from _tagged(base, [operation["phid"]], kept, added=operation["operation"] == "add")
    elif kind in ("status", "mergedinto"):
        yield base.sign("status" if kind == "status" else "merge", value=str(fields["new"]))


def signs_in_history(row: Mapping[str, Any], task: str, kept: Kept) -> Iterator[Sign]:
    """The same of a row of maniphest.gettasktransactions: ids and times are text, a removed comment is null.

    It has the newest version of a comment only, and not who wrote that: `with_versions` adds what is missing. Rows of
    transaction.search, which stand in for these, are taken as such.
    """
    if "transactionType" not in row:
        yield from signs_in(row, kept)
        return
    base = _Base(
        int(row["transactionID"]), row["transactionPHID"], task, row["authorPHID"], int(row["dateCreated"])
    )
    kind, old, new = row["transactionType"], row["oldValue"], row["newValue"]
    if kind == "core:comment" and base.author in kept.comments_by:
        yield base.sign("comment", text=row["comments"] or "")
    elif kind == "core:columns":
        yield from _moved(base, new, kept)
    elif kind == "core:edge" and row["meta"] and int(row["meta"].get("edge:type", 0)) == _TAGS:
        before, after = set(old or ()), set(new or ())
        yield from _tagged(base, sorted(after - before), kept, added=True)
        yield from _tagged(base, sorted(before - after), kept, added=False)
    elif kind == "status":
        yield base.sign("status", value=str(new))
    elif kind == "mergedinto":
        yield base.sign("merge", value=_one(new))


def with_versions(sign: Sign, comments: Iterable[Mapping[str, Any]]) -> Sign:
    """The comment as its versions tell it now; of a removed one the texts that were known before are kept."""
    newest, *older = sorted(comments, key=lambda comment: int(comment["version"]), reverse=True)
    removed = bool(newest["removed"])
    said = [comment["content"]["raw"] for comment in reversed(older) if comment["authorPHID"] == sign.author]
    if removed:
        said = [*sign.earlier, *([sign.text] if sign.text and sign.own else [])]
    return replace(
        sign,
        text="" if removed else newest["content"]["raw"],
        seen=True,
        editor="" if newest["authorPHID"] == sign.author else newest["authorPHID"],
        edited=int(newest["dateCreated"]) if older else 0,
        earlier=tuple(said),
        removed=removed,
    )


@value()
class _Base:
    """What a row of either method tells of who, when and where."""

    id: int
    phid: str
    task: str
    author: str
    at: int

    def sign(
        self, how: How, *, text: str = "", column: str = "", value: str = "", added: bool = True
    ) -> Sign:
        return Sign(
            self.id, self.phid, self.task, self.author, self.at, how,
            text=text, column=column, value=value, added=added,
        )  # fmt: skip


def _moved(base: _Base, moves: Iterable[Mapping[str, Any]], kept: Kept) -> Iterator[Sign]:
    here = [str(move["columnPHID"]) for move in moves if move["boardPHID"] == kept.project]
    if here:
        yield base.sign("column", column=here[-1])


def _tagged(base: _Base, tags: Iterable[str], kept: Kept, *, added: bool) -> Iterator[Sign]:
    for tag in tags:
        if tag in kept.tags:
            yield base.sign("tag", value=tag, added=added)


def _one(target: object) -> str:
    """`"PHID-TASK-…"`, or the same as the only key of a map, as `mergedfrom` shows its sources."""
    return str(next(iter(target), "")) if isinstance(target, dict | list) else str(target)
