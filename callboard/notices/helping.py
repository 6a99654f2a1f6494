"""Who helps, as the sign-up lists and the facilitation marks say it, and how often a person may be told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from callboard.config import Event
from callboard.cover.needs import FACILITATION, role_names, same_role
from callboard.model import Coming, Notice, SignUp, SignUps
from callboard.notices import Occasions
from callboard.notices.telling import accounts_of
from callboard.read.plain import plain
from callboard.read.signup_columns import state_of_head
from callboard.snapshot import Snapshot


def entries(look: Occasions) -> Iterator[tuple[SignUps, SignUp, str]]:
    """Every entry of an account that it links or signs, with its page and the account."""
    for page in look.signups:
        for entry in page.entries:
            account = look.snapshot.account(entry.user) if entry.user and not entry.placeholder else None
            unsure = entry.person is not None and not entry.person.is_account
            if account is not None and account.exists and not unsure:
                yield page, entry, account.name


def role_told(entry: SignUp) -> str:
    """The role of an entry as people read it; nothing if the list has no heading, or one that only says who comes."""
    role = " ".join(plain(entry.role or "").split()).rstrip(" :")
    return "" if state_of_head(role) else role


def of_roles(entry: SignUp, roles: Iterable[str], event: Event) -> bool:
    """Whether an entry stands below one of these headings; if none is named, in a list of helpers or in a role that is needed."""
    wanted, role = {same_role(role) for role in roles}, same_role(entry.role or "")
    return role in wanted if wanted else entry.helps or role in role_names(event)


def signed_up(look: Occasions) -> dict[str, tuple[str, ...]]:
    """The people who help in the rule's roles, and as what: who says maybe or no, or only comes, does not.

    Facilitators sign up in the schedule; they count where the rule names facilitation, or no role at all.
    """
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for _, entry, account in entries(look):
        if entry.coming is Coming.YES and of_roles(entry, look.rule.roles, look.snapshot.event):
            found[account].setdefault(role_told(entry))
    if not look.rule.roles or same_role(FACILITATION) in map(same_role, look.rule.roles):
        for session in (session for page in look.schedules for session in page.sessions):
            for account in accounts_of(look.snapshot, session.facilitators):
                found[account].setdefault(FACILITATION)
    return {account: tuple(filter(None, roles)) for account, roles in sorted(found.items())}


def limited(snapshot: Snapshot, notices: Iterable[Notice], most: int) -> Iterator[Notice]:
    """The notices that were sent, and others as long as their person has had fewer than `most` of the kind."""
    had = Counter(_person_and_kind(key) for key in snapshot.sent_at if key.count("/") == 3)
    for notice in notices:
        whose = _person_and_kind(notice.key)
        if notice.key not in snapshot.sent:
            if had[whose] >= most:
                continue
            had[whose] += 1
        yield notice


def _person_and_kind(key: str) -> tuple[str, str, str]:
    event, subject, kind, _ = key.split("/")
    return event, subject.rpartition("@")[2], kind
