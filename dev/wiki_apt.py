"""Debian's packages: installs what is missing, and unpacks MediaWiki without installing it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from dev.wiki_paths import APT, ROOT

# The suite with MediaWiki 1.43 LTS; Debian 12's own package is 1.39.
SUITE = "trixie"
# mediawiki-classes holds the part of includes/libs/ that Debian packages separately.
PACKAGES = ("mediawiki", "mediawiki-classes")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


class AptFailed(Exception):
    """apt is not there, may not be used, or did not do it; the message says which."""


def install(group: str) -> None:
    """Installs the packages of a group of debian-packages.txt, with sudo where it is needed.

    Raises AptFailed.
    """
    rows = (ROOT / "dev/debian-packages.txt").read_text("utf-8").splitlines()
    names = [row.split()[1] for row in rows if row.split()[:1] == [group]]
    prefix = as_root()
    environment = "DEBIAN_FRONTEND=noninteractive"
    run([*prefix, "apt-get", "update", "-qq"])
    run([*prefix, "env", environment, "apt-get", "install", "-qq", "-y", "--no-install-recommends", *names])


def as_root() -> list[str]:
    """What to put before a command that needs root: nothing, or sudo (asking only if somebody is there)."""
    if not shutil.which("apt-get"):
        raise AptFailed("this system has no apt")
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        raise AptFailed("you are not root and there is no sudo")
    return ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]


def unpack_mediawiki(target: Path) -> None:
    """Downloads MediaWiki's packages with a private apt and unpacks them into `target`.

    From the suite with the LTS where that can be had, else the distribution's own packages.
    Raises AptFailed.
    """
    for tool in ("apt-get", "dpkg-deb"):
        if not shutil.which(tool):
            raise AptFailed(f"this system has no {tool}")
    try:
        archives = download(private_sources())
    except AptFailed as problem:
        print(
            f"set-up: suite {SUITE} cannot be had ({problem}); taking this system's own package",
            file=sys.stderr,
        )
        archives = download(None)
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    for archive in archives:
        run(["dpkg-deb", "-x", str(archive), str(part)])
    relink(part)
    (part / "complete").touch()
    part.rename(target)
    shutil.rmtree(APT, ignore_errors=True)


def private_sources() -> str:
    """A source list of the wanted suite on the mirrors that this system itself is set up with.

    Security updates come from wherever the system has its own from.
    """
    wanted = "$(LABEL)|$(REPO_URI)|$(COMPONENT)"
    told = run(["apt-get", "indextargets", "--format", wanted, "Created-By: Packages"])
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    lines = set()
    for label, uri, component in (row.split("|") for row in told.split("\n") if row.count("|") == 2):
        suite = {"Debian": SUITE, "Debian-Security": f"{SUITE}-security"}.get(label)
        if suite and component == "main":
            lines.add(f"deb {signed}{uri} {suite} main")
    if not lines:
        raise AptFailed("apt knows no Debian mirror; has apt-get update ever run?")
    return "\n".join(sorted(lines)) + "\n"


def download(sources: str | None) -> list[Path]:
    """The package files, fetched into the private folder; `None` asks the system's own sources."""
    shutil.rmtree(APT, ignore_errors=True)
    for folder in ("state/lists/partial", "cache/archives/partial", "packages"):
        (APT / folder).mkdir(parents=True)
    options: list[str] = ["-o", "APT::Sandbox::User=root", "-o", "Acquire::Languages=none"]
    if sources is not None:
        (APT / "sources.list").write_text(sources, "utf-8")
        (APT / "status").touch()
        options += [
            *("-o", f"Dir::State={APT}/state", "-o", f"Dir::State::status={APT}/status"),
            *("-o", f"Dir::Cache={APT}/cache", "-o", f"Dir::Etc::sourcelist={APT}/sources.list"),
            *("-o", "Dir::Etc::sourceparts=/dev/null", "-o", "Dir::Etc::preferencesparts=/dev/null"),
        ]
        run(["apt-get", *options, "-qq", "update"])
    elif os.geteuid() == 0:
        run(["apt-get", "-qq", "update"])
    run(["apt-get", *options, "-qq", "download", *PACKAGES], cwd=APT / "packages")
    return sorted((APT / "packages").glob("*.deb"))


def relink(root: Path) -> None:
    """Re-points absolute symbolic links of an unpacked package to the same file inside `root`.

    Debian's MediaWiki links /usr/share/mediawiki/extensions → /var/lib/mediawiki/extensions and so on;
    the one that leads outside the package (/etc/mediawiki/LocalSettings.php) goes.
    """
    for link in [path for path in root.rglob("*") if path.is_symlink()]:
        target = link.readlink()
        if target.is_absolute():
            inside = root / target.relative_to("/")
            link.unlink()
            if os.path.lexists(inside):
                link.symlink_to(os.path.relpath(inside, link.parent))
    (root / "usr/share/mediawiki/LocalSettings.php").unlink(missing_ok=True)


def run(command: list[str], cwd: Path | None = None) -> str:
    """The output of a command; its own last words in AptFailed if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, stdin=None)
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise AptFailed(f"{' '.join(command[:4])} … failed: {words[-1] if words else done.returncode}")
    return done.stdout
