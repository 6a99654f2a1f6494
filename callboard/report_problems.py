"""The report page's problems: how bad, where, what to do, who changed the row, since when, and what to copy to accept it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from callboard.acknowledging import ID
from callboard.checks import ordered
from callboard.look_text import gone_records, sight_records
from callboard.model import FirstSight, Problem, Severity
from callboard.plan import Plan
from callboard.report_frame import bots_part, records
from callboard.wikitext.escape import escape, names_a_user, shortened
from callboard.wikitext.headings import headings

MOST_PROBLEMS = 300  # listed, the most urgent first; a page has room for some thousands
LONGEST = 100  # characters of page text quoted in a row
LONGEST_MESSAGE = 600

_SIGNS = {Severity.ERROR: "🔴 error", Severity.WARNING: "🟡 warning", Severity.NOTE: "⚪ note"}
# With a fixed layout neither long quotes nor long titles squeeze the sentence that tells what to do, on a phone either.
TABLE = '{| class="wikitable" style="width:100%; table-layout:fixed; overflow-wrap:anywhere"'
_HOW = (
    "An organiser who thinks that a problem may stay copies what stands behind ''may stay'': the line, with a signature or"
    " without, to the end of this page, or the comment into the row of the session. Words behind a colon are a remark:"
    f" <code>{escape('* ok 3f2a1c: agreed with both')}</code>. This holds until the facts change. Times are in UTC."
)


_LINK = re.compile(r"&#91;&#91;([^&\[\]{}|<>\n]{1,255})&#93;&#93;")
# What a row tells of its problem, to be read back with a new ledger; see `_history` and `_copy`.
_SINCE = re.compile(
    r"seen since (?P<at>[\d-]{10} [\d:]{5})<br />may stay: <code>&#42; ok (?P<id>[0-9a-f]+)</code>"
)


def problems(plan: Plan) -> Iterator[str]:
    """Those that are open, then those that organisers accepted."""
    yield from _open(plan)
    yield from _accepted(plan)


def _open(plan: Plan) -> Iterator[str]:
    found = ordered(plan.problems, plan.snapshot.now)
    yield f"== Problems ({len(found)}) =="
    if not found:
        yield "None. Everything that the bot can check is in order."
        return
    yield _HOW
    yield TABLE
    yield '! style="width:30%" | Where, and how bad !! What is the matter'
    ids = short_ids((*plan.problems, *plan.accepted))
    for problem in found[:MOST_PROBLEMS]:
        yield "|-"
        yield (
            f"| {_SIGNS[problem.severity]}<br />{_where(plan, problem)} || {_told(plan, problem)}{_quote(problem)}"
            f"{_small(_history(problem), _copy(problem, ids))}"
        )
    yield "|}"
    if len(found) > MOST_PROBLEMS:
        yield f"{MOST_PROBLEMS} of {len(found)} are listed."


def _accepted(plan: Plan) -> Iterator[str]:
    found = ordered(plan.accepted, plan.snapshot.now)
    if found:
        yield f"== Acknowledged problems ({len(found)}) =="
        yield TABLE
        yield '! style="width:30%" | Where !! What is the matter'
        for problem in found[:MOST_PROBLEMS]:
            yield "|-"
            yield (
                f"| {_where(plan, problem)} || {_told(plan, problem)}{_quote(problem)}"
                f"{_small(f'acknowledged by {_acceptance(problem)}', _changed(problem))}"
            )
        yield "|}"
        if len(found) > MOST_PROBLEMS:
            yield f"{MOST_PROBLEMS} of {len(found)} are listed."
    if plan.idle:
        yield "; Lines on this page that acknowledge nothing, as their problem is gone or its facts have changed; they can be taken out"
        yield from (
            f":* <code>{escape(shortened(line, LONGEST))}</code>" for line in plan.idle[:MOST_PROBLEMS]
        )
    yield from records(plan.look.marks)
    yield from gone_records(plan.look.gone[:MOST_PROBLEMS])
    yield from sight_records(_ahead(plan), MOST_PROBLEMS)


def _ahead(plan: Plan) -> list[FirstSight]:
    """What people know of their sessions, of those that are over last: a page has room for so many only."""
    return sorted(plan.look.sights, key=lambda one: one.facts.start < plan.snapshot.now)


def since_in(text: str) -> dict[str, datetime]:
    """Since when the problems of a report page stand, by their ids, as the page itself tells it."""
    part = bots_part(text)
    found = _SINCE.finditer(text, *part) if part else ()
    since: dict[str, datetime] = {}
    for row in found:
        with suppress(ValueError):
            since[row["id"]] = datetime.fromisoformat(f"{row['at']}+00:00")
    return since


def short_ids(found: Sequence[Problem]) -> dict[str, str]:
    """What people copy for each key: its beginning, or all of it where two begin alike."""
    often = Counter(key[:ID] for key in {problem.key for problem in found})
    return {
        problem.key: problem.key if often[problem.key[:ID]] > 1 else problem.key[:ID] for problem in found
    }


def _copy(problem: Problem, ids: dict[str, str]) -> str:
    line = f"<code>&#42; ok {ids[problem.key]}</code>" if problem.key else ""
    comment = f"<code>{escape(f'<!-- callboard: ok {problem.code} -->')}</code>" if problem.rows else ""
    ways = " or ".join(part for part in (line, comment) if part)
    return f"may stay: {ways}" if ways else ""


def _quote(problem: Problem) -> str:
    return f"<br />{quoted(problem.text)}" if problem.text.strip() else ""


def _small(*parts: str) -> str:
    told = "<br />".join(part for part in parts if part)
    return f"<br /><small>{told}</small>" if told else ""


def _where(plan: Plan, problem: Problem) -> str:
    task = f"[[phab:{problem.task}|{problem.task}]]" if problem.task else ""
    return " ".join(part for part in (place_of(plan, problem.page, problem.line), task) if part) or "–"


def with_links(plan: Plan, words: str) -> str:
    """Words of ours as wikitext: `[[Title]]` is a link where it names a page that the event or its notices have, else text."""
    event = plan.snapshot.event

    def link(found: re.Match[str]) -> str:
        title = found[1]
        ours = title in plan.snapshot.pages or title.startswith(f"{event.pages.templates}/notices/")
        return f"[[:{title}]]" if ours and escape(title) == title else found[0]

    return _LINK.sub(link, escape(words))


def _told(plan: Plan, problem: Problem) -> str:
    return with_links(plan, shortened(problem.message, LONGEST_MESSAGE))


def _history(problem: Problem) -> str:
    since = f"seen since {_time(problem.since)}" if problem.since else ""
    return "; ".join(part for part in (_changed(problem), since) if part)


def _changed(problem: Problem) -> str:
    if problem.changed_at is None:
        return ""
    return f"row changed by {person_link(problem.changed_by)} {_time(problem.changed_at)}"


def _acceptance(problem: Problem) -> str:
    accepted = problem.accepted
    if accepted is None:
        return "–"
    return f"{person_link(accepted.by)}, {_time(accepted.at)}" if accepted.at else person_link(accepted.by)


def person_link(name: str) -> str:
    """A link to an account's page; just the name where no link can hold it."""
    if not name:
        return "a hidden user"
    return f"[[User:{name}|{escape(name)}]]" if names_a_user(name) else escape(name)


def talk_link(recipient: str) -> str:
    """A link to the talk page of whom a notice is for; the name alone where no link can hold it."""
    # No account has a colon in its name: it is a talk page of the event.
    talk = recipient if ":" in recipient else f"User talk:{recipient}"
    return f"[[{talk}|{escape(recipient)}]]" if escape(talk) == talk else escape(recipient)


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "–"


def place_of(plan: Plan, title: str, line: int | None) -> str:
    """A link to the page, and one to edit the section in which the line stands."""
    if not title:
        return ""
    page = plan.snapshot.pages.get(title)
    where = f" line {line}" if line else ""
    part = ""
    if page and line:
        part = f"&section={sum(heading.line <= line for heading in headings(page.text or ''))}"
    return f"[[{title}]]{where} ([{{{{fullurl:{title}|action=edit{part}}}}} edit])"


def quoted(text: str) -> str:
    """Some text of a page, as it stands there."""
    short = shortened(text, LONGEST)
    return f"<code>{escape(short)}</code>" if short.strip() else "–"
