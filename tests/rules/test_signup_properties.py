"""Random sign-up pages: nothing that people wrote is lost or moved to somebody else, by reading or by tidying."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from callboard.model import Account, SignUp
from callboard.read.signups import read_signups
from callboard.rules import SIGNUPS
from callboard.snapshot import Snapshot
from callboard.tidy import tidy
from callboard.wikitext.edits import apply_edits
from tests.read.schedule_truth import event

EVENT = event(["2026-05-15", "2026-05-16", "2026-05-17"], rules={"signup-signatures": "SAFE"})
ACCOUNTS = ("Ada", "Bo", "Örnek", "O'Example", "例子", "Testuser Quill")
KNOWN = Snapshot(
    EVENT, datetime(2026, 5, 1, tzinfo=UTC), accounts={name: Account(name, exists=True) for name in ACCOUNTS}
)
NAMES = st.sampled_from(ACCOUNTS)
SIGNED = (
    " ([[User talk:{0}|talk]]) 20:15, 2 May 2026 (UTC)",
    " 00:31, Jun 2, 2025 (UTC)",
    " 21 apr 2026 10:15 (CEST)[svara]",
)
FORMS = ("[[User:{0}|{0}]]", "[[User:{0}]]", "{{{{u|{0}}}}}", "[[Benutzerin:{0}|{0}]]", "[[m:User:{0}|{0}]]")
REMARKS = (
    "",
    "(cake)",
    "– hi",
    "I can do the CSS",
    "<!-- asked by mail -->",
    "{{phab|T900001}}",
    "&amp; cake",
)
REPLIES = ("thanks! [[User:Bo|Bo]]", "when?", "{{u|Ada}}: yes <!-- sure -->")


@dataclass(frozen=True)
class Line:
    """One entry as it was written, and what it says; nobody's if `user` is None."""

    user: str | None
    said: str
    remark: str = ""
    replies: tuple[str, ...] = ()


@st.composite
def one_line(draw: st.DrawFn) -> Line:
    name, remark = draw(NAMES), draw(st.sampled_from(REMARKS))
    link = draw(st.sampled_from(FORMS)).format(name)
    signature = draw(st.sampled_from(("", *SIGNED))).format(name)
    replies = tuple(draw(st.lists(st.sampled_from(REPLIES), max_size=2)))
    match draw(st.sampled_from(["first", "last", "bare", "place"])):
        case "last" if remark and "<!--" not in remark:
            return Line(name, f"{remark} {link}{signature}", remark, replies)
        case "bare" if remark != "I can do the CSS":
            return Line(name, f"{name} {remark}", remark, replies)
        case "place":
            return Line(None, "(your username)")
    return Line(name, f"{link} {remark}" if remark else f"{link}{signature}", remark, replies)


ROLES = st.lists(
    st.tuples(st.sampled_from(["*", ":*", "#", ":#"]), st.lists(one_line(), min_size=1, max_size=6)),
    min_size=1,
    max_size=4,
)
Roles = list[tuple[str, list[Line]]]


def page(roles: Roles, blank: str = " ") -> str:
    """The page, a role a term."""
    out: list[str] = []
    for number, (bullet, lines) in enumerate(roles):
        out += [f"; Role {number}"]
        for line in lines:
            out += [f"{bullet}{blank}{line.said}", *(f"{bullet}* {reply}" for reply in line.replies)]
    return "\n".join(out)


def told(text: str, entry: SignUp) -> tuple[str | None, str | None, str, tuple[str, ...]]:
    """Who, where, the remark, the replies."""
    return (
        entry.user,
        entry.role,
        entry.comment,
        tuple(span.of(text).lstrip("*#: ") for span in entry.replies),
    )


def truth(roles: Roles) -> list[tuple[str | None, str | None, str, tuple[str, ...]]]:
    return [
        (line.user, f"Role {number}", line.remark, line.replies)
        for number, (_, lines) in enumerate(roles)
        for line in lines
    ]


@given(ROLES, st.sampled_from([" ", "", "  "]))
def test_random_lists_come_back_exactly(roles: Roles, blank: str) -> None:
    text = page(roles, blank)
    read = read_signups(text, EVENT, exists=KNOWN.exists).entries
    assert [told(text, entry) for entry in read] == truth(roles)


def places_last(lines: list[Line]) -> list[Line]:
    """The places to sign below the last who signed, unless a comment stands between."""
    first = next((at for at, line in enumerate(lines) if not line.user), len(lines))
    last = max((at for at, line in enumerate(lines) if line.user), default=0)
    if any("<!--" in words for line in lines[first : last + 1] for words in (line.said, *line.replies)):
        return lines
    return [*(line for line in lines if line.user), *(line for line in lines if not line.user)]


def without_repeats(roles: Roles) -> Roles:
    """What is left when the exact repeats without replies are gone and the places to sign stand last."""
    out: Roles = []
    for bullet, lines in roles:
        kept: list[Line] = []
        first: dict[str, Line] = {}
        for line in lines:
            before = first.setdefault(line.user, line) if line.user else line
            gone = (
                before is not line
                and before.remark == line.remark
                and not line.replies
                and "<!--" not in line.said
            )
            kept += [] if gone else [line]
        out.append((bullet, places_last(kept)))
    return out


@given(ROLES, st.sampled_from([" ", "", "  "]))
def test_tidying_loses_nothing_moves_nothing_to_others_and_is_stable(roles: Roles, blank: str) -> None:
    text = page(roles, blank)
    tidied = tidy(text, "Helpers", SIGNUPS, KNOWN)
    read = read_signups(tidied.text, EVENT, exists=KNOWN.exists).entries
    assert tidied.refused == ()
    assert [told(tidied.text, entry) for entry in read] == truth(without_repeats(roles))
    assert tidy(tidied.text, "Helpers", SIGNUPS, KNOWN).text == tidied.text


@given(ROLES)
def test_no_question_that_is_asked_would_lose_a_name_a_remark_or_a_reply(roles: Roles) -> None:
    text = tidy(page(roles), "Helpers", SIGNUPS, KNOWN).text
    for ask in tidy(text, "Helpers", SIGNUPS, KNOWN).asks:
        done = apply_edits(text, [ask.edit])
        read = read_signups(done, EVENT, exists=KNOWN.exists).entries
        for number, (_, lines) in enumerate(roles):
            there = [told(done, entry) for entry in read if entry.role == f"Role {number}"]
            left = without_repeats([("", lines)])[0][1]
            for name in {line.user for line in left if line.user}:
                own = [line for line in left if line.user == name]
                now = [one for one in there if one[0] == name]
                assert now
                assert all(any(line.remark in one[2] for one in now) for line in own)
                assert {reply for line in own for reply in line.replies} == {
                    reply for one in now for reply in one[3]
                }
