"""What a Conduit call says: the form encoding with PHP's nested keys, the JSON encoding, and how strictly each is read."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes


class ConduitFault(Exception):
    """An error that Conduit answers with: `error_code` and `error_info`."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(f"{code}: {info}")
        self.code = code
        self.info = info


def core_fault(info: str) -> ConduitFault:
    """The error that Phorge answers with for everything that has no code of its own."""
    return ConduitFault("ERR-CONDUIT-CORE", info)


@dataclass(slots=True)
class Call:
    """One call as it came: parameters without the token, the token, and whether types are read strictly (JSON)."""

    method: str
    params: dict[str, object]
    token: str | None
    strict: bool
    known: frozenset[str] = field(default=frozenset())


_NOT_FORM_DATA = (
    "Use form-encoded data to submit parameters to Conduit endpoints. Sending a JSON-encoded body and setting "
    "'Content-Type': 'application/json' is not currently supported."
)


def read_call(method: str, body: bytes, content_type: str) -> Call:
    """The call in a request body or query string; raises ConduitFault as Conduit does for what it cannot read."""
    if content_type == "application/json":
        raise core_fault(_NOT_FORM_DATA)
    form = parse_form(body)
    text = form.get("params")
    if not isinstance(text, str):
        token = form.pop("api.token", None)
        form.pop("output", None)
        return Call(method, form, token if isinstance(token, str) else None, strict=False)
    try:
        params = json.loads(text)
    except ValueError:
        params = None
    if not isinstance(params, dict):
        raise core_fault(f"Invalid parameter information was passed to method '{method}'.")
    meta = params.pop("__conduit__", None)
    token = meta.get("token") if isinstance(meta, dict) else None
    return Call(method, params, token if isinstance(token, str) else None, strict=True)


def parse_form(body: bytes) -> dict[str, object]:
    """`a[b][0]=x` → `{"a": {"b": ["x"]}}`, as PHP reads it; invalid UTF-8 is refused as Phorge does."""
    tree: dict[str, object] = {}
    for pair in body.split(b"&"):
        if not pair:
            continue
        name, _, value = pair.partition(b"=")
        _put(tree, _text(name), _text(value))
    return {key: _listed(value) for key, value in tree.items()}


def _text(raw: bytes) -> str:
    try:
        return unquote_to_bytes(raw.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        raise core_fault("Invalid UTF-8 string passed to phutil_utf8v.") from None


def _put(tree: dict[str, object], name: str, value: str) -> None:
    head, bracket, _ = name.partition("[")
    keys = [head, *re.findall(r"\[([^\]]*)\]", name[len(head) :])] if bracket else [name]
    for key in keys[:-1]:
        inner = tree.setdefault(key or str(len(tree)), {})
        if not isinstance(inner, dict):
            inner = tree[key] = {}
        tree = inner
    tree[keys[-1] or str(len(tree))] = value


def _listed(value: object) -> object:
    """Maps whose keys are 0, 1, 2 … are lists in PHP."""
    if not isinstance(value, dict):
        return value
    items = {key: _listed(inner) for key, inner in value.items()}
    if items and list(items) == [str(n) for n in range(len(items))]:
        return list(items.values())
    return items


class Reader:
    """Reads values as Conduit does: strictly from JSON, leniently from forms."""

    def __init__(self, values: dict[str, object], *, strict: bool) -> None:
        self.values = values
        self.strict = strict

    def has(self, key: str) -> bool:
        """Whether the key was sent with a value."""
        return self.values.get(key) is not None

    def integer(self, key: str) -> int:
        """An epoch, an id or a limit."""
        return self._integer(self.values[key], key)

    def strings(self, key: str) -> list[str]:
        """A list of PHIDs, slugs or names."""
        items = self._list(key)
        if self.strict and any(not isinstance(item, str) for item in items):
            at = next(n for n, item in enumerate(items) if not isinstance(item, str))
            raise core_fault(f'Error while reading "{key}[{at}]": Expected string, got something else.')
        return [str(item) for item in items]

    def integers(self, key: str) -> list[int]:
        """A list of ids."""
        return [self._integer(item, f"{key}[{n}]") for n, item in enumerate(self._list(key))]

    def _list(self, key: str) -> list[object]:
        value = self.values[key]
        if not isinstance(value, list):
            raise core_fault(f'Error while reading "{key}": Expected a list, but value is not a list.')
        return value

    def _integer(self, value: object, key: str) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if not self.strict and isinstance(value, str) and re.fullmatch(r"-?\d+", value):
            return int(value)
        raise core_fault(f'Error while reading "{key}": Expected integer, got something else.')


def asked_for(call: Call, name: str) -> bool:
    """Whether an attachment is asked for: by form any text says so, even "0" and "false" (recordings 064, 168)."""
    attachments = call.params.get("attachments")
    if not isinstance(attachments, dict) or name not in attachments:
        return False
    return bool(attachments[name]) or not call.strict


def constraints_of(call: Call, known: frozenset[str]) -> Reader:
    """The constraints of a `*.search` call; unknown keys and anything but a map are refused."""
    values = call.params.get("constraints")
    if values is None or values == []:
        values = {}
    if not isinstance(values, dict):
        raise ConduitFault(
            "ERR-INVALID-CONSTRAINTS-FORMAT", 'Parameter "constraints" must be a map of constraints.'
        )
    if not known.issuperset(values):
        raise ConduitFault("ERR-INVALID-CONSTRAINT", 'Parameter "constraints" includes an invalid key.')
    return Reader(values, strict=call.strict)


def check_attachments(call: Call, known: frozenset[str]) -> None:
    """Refuses attachments that the method does not have."""
    attachments = call.params.get("attachments") or {}
    if not isinstance(attachments, dict) or not known.issuperset(attachments):
        raise ConduitFault("ERR-INVALID-ATTACHMENT", 'Parameter "attachments" includes an invalid key.')
