"""The layer rule, read from the imports: what may know what, who may ask the time, how large a file may be."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From the ground up: a module imports from its own layer and from those before it, never from a later one.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset(
        {"errors", "clock", "collecting", "counted", "values", "model", "wikitext", "exclusion", "options"}
        | {"line_authors", "report_frame", "translations"}
    ),
    frozenset(
        {
            "config",
            "config_board",
            "config_delivery",
            "config_fit",
            "config_needs",
            "config_notices",
            "config_tables",
            "config_values",
            "opting_out",
            "ports",
            "recipients",
            "snapshot",
        }
    ),
    frozenset({"read"}),
    frozenset({"slots"}),
    frozenset({"cover"}),
    frozenset({"rules", "checks", "notices", "proposals"}),
    frozenset(
        {
            "board_told",
            "board_words",
            "holding",
            "tidy",
            "taken_back",
            "placing",
            "plan",
            "jobs",
            "problems",
            "last_look",
            "look_text",
            "acknowledging",
            "outbox_words",
            "template_choice",
        }
    ),
    frozenset(
        {
            "ledger",
            "ledger_rows",
            "wiki",
            "wiki_accounts",
            "wiki_answers",
            "wiki_questions",
            "wiki_session",
            "phabricator",
            "board",
            "announcers",
        }
    )
    | {"board_start", "board_history", "board_people", "board_writes", "boards"}
    | {"followed_board", "tasks_file", "page_file", "export"},
    frozenset(
        {
            "gather",
            "carried_out",
            "arranging",
            "page_history",
            "session_makers",
            "writing",
            "apply",
            "posting",
            "talk_deleted",
            "template_watch",
            "board_vouches",
            "letters",
            "posting_record",
            "posting_look",
            "posting_turn",
            "addresses",
            "told_on_wiki",
            "report",
            "report_cover",
            "board_facts",
            "board_matches",
            "report_proposal_rows",
            "report_tasks",
            "terminal_board",
            "explaining_writes",
            "report_proposals",
            "report_projects",
            "own_pages",
            "outbox",
            "outbox_history",
            "report_outbox",
            "rehearsal",
            "terminal_outbox",
            "terminal_explained",
            "explaining_person",
            "explaining",
            "writeback",
            "report_lists",
            "report_problems",
            "report_slots",
            "terminal",
            "terminal_cover",
            "timer",
            "publishing",
        }
    ),
    frozenset(
        {"app", "board_command", "command", "notices_command", "placing_command", "cover_command", "preview"}
    ),
    frozenset({"scripts"}),
)
# Parts of one layer that know nothing of each other.
APART = frozenset({"rules", "checks", "notices", "proposals"})
# What is below this knows no I/O at all.
PURE = LAYERS[:7]
READS_FILES = frozenset({"config", "clock"})  # an event file; the time
IO = frozenset(
    {
        "pywikibot", "requests", "urllib3", "schedule", "sqlalchemy", "rich", "tenacity", "sqlite3",
        "socket", "subprocess", "os", "shutil", "tempfile", "pathlib", "time", "random", "threading", "logging",
    }
)  # fmt: skip
ONLY_IN = {
    "pywikibot": {"wiki", "wiki_session", "scripts"},
    "requests": {"phabricator", "announcers"},
    "schedule": {"timer"},
    "sqlalchemy": {"ledger", "ledger_rows"},
    "rapidfuzz": {"read"},
}
NOW = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
LONGEST = {"callboard": 300, "scripts": 60}


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Dotted name and file of every module that the rule is about."""
    for folder in LONGEST:
        for path in sorted((root / folder).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(name: str, path: Path) -> Iterator[str]:
    """Dotted names that a module imports, wherever in it, also through importlib with a name in quotes."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in {"import_module", "__import__"}:
                yield str(node.args[0].value)


def part(name: str) -> str:
    """`callboard.read.times` belongs to `read`, every script to `scripts`."""
    first, _, rest = name.partition(".")
    return rest.partition(".")[0] if first == "callboard" else first


def rank(of: str) -> int | None:
    """The number of a part's layer."""
    return next((number for number, layer in enumerate(LAYERS) if of in layer), None)


def import_faults(name: str, path: Path) -> Iterator[str]:
    """What is wrong with a module's imports."""
    mine = part(name)
    if not mine:
        return  # callboard/__init__.py
    here = rank(mine)
    if here is None:
        yield f"{name} has no layer: name it in LAYERS"
        return
    for imported in imports(name, path):
        first = imported.partition(".")[0]
        if first in ONLY_IN and mine not in ONLY_IN[first]:
            yield f"{name} imports {first}"
        elif first in IO and here < len(PURE) and mine not in READS_FILES:
            yield f"{name} imports {first}, and is pure"
        if first not in {"callboard", "scripts"}:
            continue
        other = part(imported)
        there = rank(other)
        if there is None and other and imported.count(".") > 1:
            yield f"{name} imports {imported}, which has no layer"
        elif there is not None and there > here:
            yield f"{name} points back to {other}"
        elif other != mine and {mine, other} <= APART:
            yield f"{name} knows its neighbour {other}"


def time_faults(name: str, path: Path) -> Iterator[str]:
    """Who asks the time besides the clock."""
    if name == "callboard.clock":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).rpartition(".")[2]
            if (owner, node.attr) in NOW:
                yield f"{name} line {node.lineno} asks {owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            for alias in node.names:
                if alias.name in {"time", "time_ns", "localtime"}:
                    yield f"{name} line {node.lineno} asks time.{alias.name}"


def size_faults(name: str, path: Path) -> Iterator[str]:
    """A file that does too much."""
    most = LONGEST[name.partition(".")[0]]
    lines = len(path.read_text("utf-8").splitlines())
    if lines > most:
        yield f"{name} has {lines} lines, more than {most}"


# Ways of saving that do not say what they rest on, or are sent again unseen.
_BLIND = re.compile(
    r"appendtext|prependtext|put_current|\bsection=[\"']new|[\"']section[\"']: *[\"']new|asynchronous=True"
)


def save_faults(root: Path) -> Iterator[str]:
    """Code that saves without having looked; people of the development wiki look too."""
    for folder in ("callboard", "scripts", "dev", "benchmarks"):
        for path in sorted((root / folder).rglob("*.py")):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if blind := _BLIND.search(line):
                    yield f"{path.relative_to(root)} line {number} saves with {blind[0]}"


def name_faults(root: Path) -> Iterator[str]:
    """Scripts that would hide a module: pwb puts scripts/ first on the path."""
    own = {entry.stem for entry in root.iterdir() if entry.is_dir() or entry.suffix == ".py"}
    taken = {*sys.stdlib_module_names, *packages_distributions(), *own, "callboard"}
    for path in sorted((root / "scripts").glob("*.py")):
        if path.stem in taken:
            yield f"scripts/{path.name} hides the module {path.stem}"


def cycle_faults(root: Path) -> Iterator[str]:
    """Modules that need each other."""
    known = dict(modules(root))
    needs = {
        name: {
            wanted if wanted in known else wanted.rpartition(".")[0]
            for wanted in imports(name, path)
            if wanted in known or wanted.rpartition(".")[0] in known
        }
        - {name}
        for name, path in known.items()
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        yield "a circle: " + " → ".join(error.args[1])


def faults(root: Path) -> list[str]:
    """Everything that breaks the rule in a tree."""
    found = [
        fault
        for name, path in modules(root)
        for look in (import_faults, time_faults, size_faults)
        for fault in look(name, path)
    ]
    return [*dict.fromkeys(found), *save_faults(root), *name_faults(root), *cycle_faults(root)]


def test_layers_of_this_project() -> None:
    assert faults(ROOT) == []


def test_modules_of_this_project_are_looked_at() -> None:
    names = {name for name, _ in modules(ROOT)}
    assert {"callboard", "callboard.plan", "callboard.rules", "callboard.wikitext.edits"} <= names


def tree(folder: Path, files: dict[str, str]) -> Path:
    """A made-up project."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "scripts").mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # nothing wrong
        ({"callboard/plan.py": "from callboard.rules import RULES\nimport re\n"}, []),
        ({"callboard/wiki.py": "import pywikibot\nimport time\n"}, []),
        ({"callboard/timer.py": "import schedule\nimport signal\n"}, []),
        ({"callboard/clock.py": "from datetime import datetime\nx = datetime.now()\n"}, []),
        ({"callboard/config.py": "from pathlib import Path\n"}, []),
        ({"callboard/rules/a.py": "from callboard.rules import schedule_rule\n"}, []),
        ({"scripts/show_it.py": "import pywikibot\nfrom callboard.app import App\n"}, []),
        ({"callboard/read/times.py": "def f(clock):\n    return clock.now()\n"}, []),
        ({"callboard/app.py": "x = 1\n" * 300, "scripts/do_it.py": "x = 1\n" * 60}, []),
        # one layer up
        (
            {"callboard/rules/a.py": "from callboard.plan import Plan\n"},
            ["callboard.rules.a points back to plan"],
        ),
        (
            {"callboard/rules/a.py": "def f():\n    from ..plan import Plan\n"},
            ["callboard.rules.a points back to plan"],
        ),
        ({"callboard/plan.py": "import callboard.ledger\n"}, ["callboard.plan points back to ledger"]),
        (
            {"callboard/plan.py": "from callboard import apply\n"},
            ["callboard.plan points back to apply"],
        ),
        (
            {"callboard/wikitext/a.py": "from callboard.config import Event\n"},
            ["callboard.wikitext.a points back to config"],
        ),
        ({"callboard/app.py": "import scripts.run_event\n"}, ["callboard.app points back to scripts"]),
        (
            {"callboard/plan.py": "import importlib\nimportlib.import_module('callboard.wiki')\n"},
            ["callboard.plan points back to wiki"],
        ),
        # neighbours
        (
            {"callboard/checks/a.py": "from callboard.rules import RULES\n"},
            ["callboard.checks.a knows its neighbour rules"],
        ),
        # the world
        (
            {"callboard/app.py": "def f():\n    import pywikibot\n"},
            ["callboard.app imports pywikibot"],
        ),
        (
            {"callboard/wiki.py": "from requests.exceptions import Timeout\n"},
            ["callboard.wiki imports requests"],
        ),
        ({"callboard/app.py": "import schedule\n"}, ["callboard.app imports schedule"]),
        ({"scripts/do_it.py": "import requests\n"}, ["scripts.do_it imports requests"]),
        (
            {"callboard/plan.py": "import os.path\n"},
            ["callboard.plan imports os, and is pure"],
        ),
        (
            {"callboard/notices/a.py": "from time import sleep\n"},
            ["callboard.notices.a imports time, and is pure"],
        ),
        # the time
        (
            {"callboard/app.py": "import datetime\nx = datetime.datetime.now()\n"},
            ["callboard.app line 2 asks datetime.now"],
        ),
        (
            {"callboard/wiki.py": "import time\nx = time.time\n"},
            ["callboard.wiki line 2 asks time.time"],
        ),
        ({"callboard/wiki.py": "from time import time\n"}, ["callboard.wiki line 1 asks time.time"]),
        (
            {"scripts/do_it.py": "from datetime import date\nx = date.today()\n"},
            ["scripts.do_it line 2 asks date.today"],
        ),
        # saving blindly
        (
            {"callboard/wiki.py": 'p = {"appendtext": ""}\n'},
            ["callboard/wiki.py line 1 saves with appendtext"],
        ),
        ({"dev/a.py": "x\nedit(section='new')\n"}, ["dev/a.py line 2 saves with section='new"]),
        ({"scripts/do_it.py": "page.put_current()\n"}, ["scripts/do_it.py line 1 saves with put_current"]),
        # sizes and names
        ({"callboard/app.py": "x = 1\n" * 301}, ["callboard.app has 301 lines, more than 300"]),
        ({"scripts/do_it.py": "x = 1\n" * 61}, ["scripts.do_it has 61 lines, more than 60"]),
        ({"scripts/schedule.py": ""}, ["scripts/schedule.py hides the module schedule"]),
        ({"scripts/calendar.py": ""}, ["scripts/calendar.py hides the module calendar"]),
        ({"scripts/callboard.py": ""}, ["scripts/callboard.py hides the module callboard"]),
        ({"scripts/dev.py": "", "dev/a.py": ""}, ["scripts/dev.py hides the module dev"]),
        # the unknown, and circles
        ({"callboard/thing.py": ""}, ["callboard.thing has no layer: name it in LAYERS"]),
        (
            {
                "callboard/gather.py": "from callboard.apply import x\n",
                "callboard/apply.py": "from callboard.gather import y\n",
            },
            ["a circle: callboard.apply → callboard.gather → callboard.apply"],
        ),
    ],
)
def test_faults_of_a_made_up_tree(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    found = faults(tree(tmp_path, files))
    assert [_turned(fault) for fault in found] == [_turned(fault) for fault in expected]


def _turned(fault: str) -> str:
    """A circle may be told from any of its modules."""
    return "a circle of " + ", ".join(sorted(set(fault[10:].split(" → ")))) if "circle:" in fault else fault
