"""A page saved as a file."""

from pathlib import Path

from callboard.errors import ConfigError


def load_page(path: Path) -> str:
    """The wikitext in a file, line ends as they are; raises ConfigError if it cannot be read or is not in UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not in UTF-8 (byte {error.start}); save it as UTF-8") from None
