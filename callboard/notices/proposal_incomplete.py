"""`proposal_incomplete`: the description of your proposal lacks something that the coordination team needs to decide.

Told to the proposal's verified owners once for each set of missing fields, which is the occasion, when `delivery.grace` has
passed since the task was filed; what was asked for once is not asked for again, and nobody is told of one task more often
than `most_per_person` says. Useful as long as proposals are taken: until `submissions_close`, else until the event begins.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from callboard.config import Event
from callboard.config_board import FieldName
from callboard.model import Notice, Proposal, State
from callboard.notices import Occasions, notice_kind
from callboard.notices.awaiting import owners_of
from callboard.notices.telling import COMMON, common, when
from callboard.read.matching import without_tag

KIND = "proposal_incomplete"
# What is wanted under each label; formats are the event's own.
_WANTED: Mapping[FieldName, str] = {
    "title": "what the session is called",
    "minutes": "how long it takes",
    "track": "in which room or track it is to be",
    "description": "what it is about",
    "people": "the wiki accounts of those who hold it",
    "phabricator": "the Phabricator accounts of those who hold it",
    "times": "when you can hold it, with the time zone",
    "language": "in which language it is held",
    "recording": "whether it may be recorded",
    "help": "what help you need",
}


@notice_kind(
    KIND,
    rests_on_board=True,
    if_incomplete=True,
    parameters=(*COMMON, "task", "fields", "labels", "until"),
)
def proposal_incomplete(look: Occasions) -> Iterator[Notice]:
    """A notice for each owner of each proposal that waits for the team and lacks required fields."""
    event, now = look.snapshot.event, look.snapshot.now
    until = event.event.submissions_close or event.first
    for proposal in (one.proposal for one in look.states if one.state is State.INCOMPLETE):
        due = proposal.submitted + event.delivery.grace if proposal.submitted else now
        for owner in owners_of(proposal):
            notice = Notice(
                event=event.slug,
                kind=KIND,
                subject=proposal.task,
                occasion=" ".join(sorted(proposal.missing)),
                recipient=owner,
                due=due,
                until=until,
                values={
                    **common(event, without_tag(proposal.title) or proposal.title),
                    "task": proposal.task,
                    "fields": "; ".join(_fields(event, proposal)),
                    "labels": ", ".join(f"“{label}: …”" for label in _labels(event, proposal)),
                    "until": when(event, until),
                },
            )
            if _is_new(look, notice, proposal):
                yield notice


def _is_new(look: Occasions, notice: Notice, proposal: Proposal) -> bool:
    """Whether it asks for something that its person was not asked for before, and they were not asked too often."""
    beginning = notice.key.rpartition("/")[0] + "/"
    told = [key.removeprefix(beginning) for key in look.snapshot.sent_at if key.startswith(beginning)]
    asked = {name for occasion in told for name in unquote(occasion).split()}
    return len(told) < look.rule.most_per_person and not asked.issuperset(proposal.missing)


def _fields(event: Event, proposal: Proposal) -> Iterator[str]:
    """`“Format” (Talk or Workshop)`: each missing field by the label of the event's template, and what it should say."""
    formats = [form.name for form in event.format]
    for name, label in zip(_missing(event, proposal), _labels(event, proposal), strict=True):
        wanted = _WANTED.get(name) or " or ".join(filter(None, (", ".join(formats[:-1]), *formats[-1:])))
        yield f"“{label}”{f' ({wanted})' if wanted else ''}"


def _labels(event: Event, proposal: Proposal) -> list[str]:
    """What the event's template calls the missing fields, in its order."""
    board = event.board_of(proposal.board)
    labels = board.fields.labels() if board else {}
    called = [next(iter(labels.get(name, ())), name) for name in _missing(event, proposal)]
    return [f"{label[:1].upper()}{label[1:]}" for label in called]


def _missing(event: Event, proposal: Proposal) -> list[FieldName]:
    board = event.board_of(proposal.board)
    return [name for name in (board.fields.required if board else ()) if name in proposal.missing]
