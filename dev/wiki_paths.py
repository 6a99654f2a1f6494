"""Where the development wiki keeps its things: all of it in one ignored folder, .devwiki/."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".devwiki"
INSTANCES = STATE / "instances"
GOLDEN = STATE / "golden"
UNPACKED = STATE / "mediawiki"
APT = STATE / "apt"
SOURCES = ROOT / "dev" / "mediawiki"


def php() -> str:
    """The PHP to run MediaWiki with: `CALLBOARD_PHP`, else the one on the path."""
    return os.environ.get("CALLBOARD_PHP", "php")
