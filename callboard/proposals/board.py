"""From what is remembered of a board to its proposals; no I/O."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from callboard.config_board import Board, CardsOf
from callboard.config_tables import Format
from callboard.model import Claim, Proposal, Told
from callboard.proposals.acknowledgement import Rule, judged
from callboard.proposals.description import asked_format, claimed_accounts, claimed_phab_names
from callboard.proposals.fields import Fields, read_fields
from callboard.proposals.markers import marker_in
from callboard.proposals.memory import BoardMemory, Sign, TaskFacts
from callboard.proposals.people import claims
from callboard.proposals.requests import recording, slot_wish
from callboard.values import value

_DUPLICATE = "duplicate"  # the status that a merge gives, without a transaction of its own


def column_phids(memory: BoardMemory, names: Iterable[str]) -> frozenset[str]:
    """The columns that the event file names so."""
    return frozenset(memory.named[name] for name in names if name in memory.named)


def rule_of(memory: BoardMemory, board: Board) -> Rule:
    """What acknowledges a task on this board, in the server's identifiers."""
    return Rule(
        coordinators=memory.coordinators,
        by=frozenset(board.acknowledged_by),
        wording=board.wording,
        columns=column_phids(memory, board.columns),
        keeping=column_phids(memory, [board.writes.column]),
        tags=frozenset(memory.tags),
        statuses=frozenset(board.statuses),
        open=frozenset(value for value, closed in memory.statuses.items() if not closed),
        former=frozenset(memory.listed.keys() - memory.coordinators.keys()),
        names={**memory.users, **memory.listed, **memory.columns, **memory.tags},
    )


def proposals(memory: BoardMemory, board: Board, formats: Sequence[Format] = ()) -> tuple[Proposal, ...]:
    """Every task that is or was on the board, oldest first; `formats` are the event's."""
    signs: dict[str, list[Sign]] = {}
    for sign in sorted(memory.signs.values(), key=lambda sign: sign.id):
        signs.setdefault(sign.task, []).append(sign)
    tasks = sorted(memory.tasks.values(), key=lambda task: task.number)
    state = _State(memory, board, rule_of(memory, board), tuple(formats))
    return tuple(_proposal(task, signs.get(task.phid, []), state) for task in tasks)


@value()
class _State:
    """What all proposals of a board are made from."""

    memory: BoardMemory
    board: Board
    rule: Rule
    formats: tuple[Format, ...]


def _proposal(task: TaskFacts, signs: list[Sign], state: _State) -> Proposal:
    memory, board, rule = state.memory, state.board, state.rule
    people = _claims(task, memory, board)
    fields = read_fields(task.description, task.title, board.fields, state.formats)
    form, minutes = _length(task, fields, {form.name for form in state.formats})
    moved = tuple(sign.column for sign in signs if sign.how == "column" and sign.author == memory.bot)
    if moved:  # where the bot put it: also if the event file names another column by now, or none
        rule = replace(rule, keeping=rule.keeping.union(moved))
    found = judged(task, signs, rule)
    kind = _kind(task, memory, board, acknowledged=found.was is not None)
    if kind != "session":  # "approved" on a project is about no slot
        found = replace(found, yes=None, was=None, withdrawn=None)
    return Proposal(
        task=task.name,
        phid=task.phid,
        title=task.title,
        author=memory.users.get(task.author, ""),
        status=task.status,
        closed=task.status not in rule.open,
        description=task.description,
        visible=task.seen and task.on_project,
        acknowledged=found.yes,
        was_acknowledged=found.was,
        withdrawn=found.withdrawn,
        signs=found.signs,
        claimed_names=claimed_accounts(task.description, board.fields),
        claims=people,
        owners=tuple(claim.name for claim in people if claim.verified),
        fields=fields.values,
        missing=fields.missing if kind == "session" else (),
        contradictions=fields.contradictions,
        minutes=minutes,
        format=form,
        submitted=datetime.fromtimestamp(task.created, UTC),
        merged_into=_merged_into(task, signs, memory),
        recording=recording(signs, rule),
        slot=slot_wish(signs, rule),
        board=board.project,
        kind=kind,
        column=next((memory.columns.get(column, "") for column in task.columns), ""),
        columns=task.columns,
        closer=memory.users.get(task.closer, ""),
        told=tuple(_told(sign) for sign in signs if sign.how == "comment" and sign.author == memory.bot),
        moved_by_bot=moved,
        goes_to=memory.named.get(board.writes.column, ""),
    )


def _claims(task: TaskFacts, memory: BoardMemory, board: Board) -> tuple[Claim, ...]:
    """Whose the wiki accounts are; the event file's map is by Phabricator name, whose capitals do not matter."""
    listed = [name.casefold() for name in claimed_phab_names(task.description, board.fields)]
    by_name = {name.casefold(): wiki for name, wiki in board.people.items()}
    names = [memory.users.get(task.author, "").casefold(), *listed]
    return claims(
        task.author,
        {memory.names.get(name, "") for name in listed},
        claimed_accounts(task.description, board.fields),
        memory.accounts,
        [by_name[name] for name in dict.fromkeys(names) if name in by_name],
    )


def _length(task: TaskFacts, fields: Fields, formats: Container[str]) -> tuple[str | None, int | None]:
    """The format in the event's words where it is one of the event's, and the minutes that are asked for."""
    form, minutes = asked_format(task.description)
    named, asked = fields.values.get("format", ""), fields.values.get("minutes", "")
    return named if named in formats else form, int(asked) if asked.isdecimal() else minutes


def _told(sign: Sign) -> Told:
    """A comment of the bot's; where somebody edited it, the marker of its newest version that has one still stands."""
    texts = () if sign.removed else (sign.text, *reversed(sign.earlier))
    mark = next(filter(None, map(marker_in, texts)), "")
    return Told(mark, datetime.fromtimestamp(sign.at, UTC), sign.phid, removed=sign.removed)


def _merged_into(task: TaskFacts, signs: Iterable[Sign], memory: BoardMemory) -> str:
    """The task that a duplicate was merged into, if that can be seen on the board; the newest merge counts."""
    if task.status != _DUPLICATE:
        return ""
    into = [sign.value for sign in signs if sign.how == "merge"]
    target = memory.tasks.get(into[-1]) if into else None
    return target.name if target and target.seen and target.on_project else ""


def _kind(task: TaskFacts, memory: BoardMemory, board: Board, *, acknowledged: bool) -> str:
    """What the card is: its title says more than its column, and a yes makes it a session whatever its column."""
    session, project = _fits(task, board.sessions, memory), _fits(task, board.projects, memory)
    if not session:
        lies = column_phids(memory, (*board.columns, board.writes.column)).intersection(task.columns)
        session = 1 if acknowledged or lies else 0
    if project > session:
        return "project"
    return "session" if session or not board.sessions.named else "other"


def _fits(task: TaskFacts, cards: CardsOf, memory: BoardMemory) -> int:
    """2 by the title, 1 by the column, 0 not at all."""
    title = task.title.casefold().strip()
    if any(title.startswith(begin.casefold()) for begin in cards.titles):
        return 2
    return 1 if column_phids(memory, cards.columns).intersection(task.columns) else 0
