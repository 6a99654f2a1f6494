"""pywikibot's settings for Callboard; pywikibot executes this file, nobody edits it.

Which wiki, which account and which secret comes from the environment, or from lines NAME=value in the
ignored file .env beside this one (the environment wins; `chmod 600 .env`):

    CALLBOARD_WIKI          mediawiki, meta, wikimania, test, or callboard (the development wiki)
    CALLBOARD_ACCOUNT       the bot's account; may be left out where the BotPassword names it
    CALLBOARD_BOTPASSWORD   Account@suffix:secret, as Special:BotPasswords shows them
    CALLBOARD_OAUTH_CONSUMER_TOKEN, …_CONSUMER_SECRET, …_ACCESS_TOKEN, …_ACCESS_SECRET
                            instead of a BotPassword: the four values of an owner-only OAuth 1.0a consumer
    CALLBOARD_CONTACT       who answers for the bot, for the User-Agent: a wiki page or an e-mail address
    CALLBOARD_FILES         where pywikibot keeps its own files (default: var/pywikibot/WIKI)
    CALLBOARD_DEVWIKI       address of the development wiki (default: the one of `./run devwiki up`)

Without CALLBOARD_WIKI nothing can reach any wiki, and what needs none works. Anything wrong ends the
process with exit code 2: pywikibot's own fallback would be another wiki.
"""

import os as _os
import sys as _sys
from pathlib import Path as _Path
from typing import Never as _Never

_ROOT = _Path(base_dir).resolve()  # the folder in which pywikibot found this file

# name: family, code, host for OAuth
_WIKIS = {
    "mediawiki": ("mediawiki", "mediawiki", "www.mediawiki.org"),
    "meta": ("meta", "meta", "meta.wikimedia.org"),
    "wikimania": ("wikimania", "wikimania", "wikimania.wikimedia.org"),
    "test": ("test", "test", "test.wikipedia.org"),
    "callboard": ("callboard", "callboard", ""),
}
_OAUTH = ("CONSUMER_TOKEN", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET")


def _refuse(why: str) -> _Never:
    """Ends the process: a wrong setting must not become pywikibot's default wiki."""
    _sys.stderr.write(f"Callboard: {why}\n")
    raise SystemExit(2)


def _read_settings(path: _Path) -> None:
    """Takes NAME=value lines into the environment, where they are not set yet."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        name, equals, value = line.strip().partition("=")
        if name.startswith("#") or not line.strip():
            continue
        if not equals or not name.strip().isidentifier():
            _refuse(f"{path.name} line {number} is not NAME=value")
        _os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def _oauth_values(account: str) -> tuple[str, ...]:
    """The four values, an empty tuple if none is set."""
    values = tuple(_os.environ.get(f"CALLBOARD_OAUTH_{name}", "") for name in _OAUTH)
    if not any(values):
        return ()
    if not all(values):
        missing = [name for name, value in zip(_OAUTH, values, strict=True) if not value]
        _refuse("of the CALLBOARD_OAUTH_… values there is no " + ", ".join(missing))
    if not account:
        _refuse("OAuth needs CALLBOARD_ACCOUNT as well")
    return values


def _bot_password(told: str) -> tuple[str, str, str]:
    """Account, suffix and secret of `Account@suffix:secret`."""
    login, colon, secret = told.rpartition(":")
    account, at, suffix = login.rpartition("@")
    if not (colon and at and account and suffix and secret):
        _refuse("CALLBOARD_BOTPASSWORD must be Account@suffix:secret")
    return account.replace("_", " "), suffix, secret


def _write_password_file(folder: _Path, account: str, suffix: str, secret: str) -> str:
    """The file that pywikibot wants the secret in, readable by nobody else.

    Cookies of an earlier secret go: with them a wrong secret would work until they end.
    """
    path = folder / "user-password.py"
    line = f"({account!r}, BotPassword({suffix!r}, {secret!r}))\n"
    if path.exists() and path.read_text("utf-8") != line:
        for cookies in folder.glob("*.lwp"):
            cookies.unlink(missing_ok=True)
    part = folder / f"user-password.{_os.getpid()}"
    part.unlink(missing_ok=True)
    opened = _os.open(part, _os.O_WRONLY | _os.O_CREAT | _os.O_EXCL, 0o600)
    with _os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(line)
    part.rename(path)
    return str(path)


def _files_folder(name: str) -> _Path:
    """Where pywikibot writes throttle.ctrl, apicache/ and cookies: one folder per wiki, private."""
    folder = _Path(_os.environ.get("CALLBOARD_FILES") or _ROOT / "var/pywikibot" / name).absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        _refuse(
            f"cannot make the folder {folder} for pywikibot's files ({problem.strerror}); CALLBOARD_FILES names another"
        )
    if not _os.access(folder, _os.W_OK | _os.X_OK):
        _refuse(f"cannot write to {folder}, where pywikibot keeps its files; CALLBOARD_FILES names another")
    return folder


if (_ROOT / ".env").exists():
    if (_ROOT / ".env").stat().st_mode & 0o077:
        _sys.stderr.write("Callboard: others can read the secrets in .env; please do: chmod 600 .env\n")
    _read_settings(_ROOT / ".env")
_wiki = _os.environ.get("CALLBOARD_WIKI", "").strip()
if _wiki and _wiki not in _WIKIS:
    _refuse(f"CALLBOARD_WIKI={_wiki} is no wiki it knows: {', '.join(_WIKIS)}")
_running = _ROOT / ".devwiki/instances/main/environment"
if _wiki == "callboard" and not _os.environ.get("CALLBOARD_DEVWIKI") and _running.exists():
    _read_settings(_running)

_sys.path.insert(0, str(_ROOT))  # scripts import callboard; pwb puts only scripts/ there
user_script_paths = [str(_ROOT / "scripts")]
pwb_cut_off = 0.999  # never start a script whose name is only similar

# The one wiki that was chosen is the only one that pywikibot can find.
family, mylang, _host = _WIKIS[_wiki or "callboard"]
_own = _ROOT / f"family/{family}_family.py"
family_files = {family: str(_own) if _own.exists() else family_files[family]}
_local = _wiki in {"", "callboard"}

_account = _os.environ.get("CALLBOARD_ACCOUNT", "").strip().replace("_", " ")
_told = _os.environ.get("CALLBOARD_BOTPASSWORD", "").strip()
if _wiki:
    base_dir = str(_files_folder(_wiki))
    _oauth = _oauth_values(_account)
    if _oauth and _told:
        _refuse("set either CALLBOARD_BOTPASSWORD or the CALLBOARD_OAUTH_… values, not both")
    if _oauth:
        if not _host:
            _refuse("the development wiki knows no OAuth; use its BotPassword")
        authenticate[_host] = _oauth
    elif _told:
        _named, _suffix, _secret = _bot_password(_told)
        if _account and _account != _named:
            _refuse(f"CALLBOARD_ACCOUNT is {_account}, but CALLBOARD_BOTPASSWORD belongs to {_named}")
        _account = _named
        password_file = _write_password_file(_Path(base_dir), _named, _suffix, _secret)
    if _account:
        usernames[family][mylang] = _account
_contact = _os.environ.get("CALLBOARD_CONTACT", "").strip() or (f"User talk:{_account}" if _account else "")
if not _local and not _contact:
    _refuse("Wikimedia asks every bot to name somebody: set CALLBOARD_ACCOUNT or CALLBOARD_CONTACT")
user_agent_format = "{username}/{script} ({script_comments}) {pwb} {python} {http_backend}"
user_agent_description = f"Callboard, {_contact}" if _contact else "Callboard"

# Give up in minutes, not in half an hour; the next tick tries again.
max_retries = 2 if _local else 4
retry_wait = 1 if _local else 5
retry_max = 4 if _local else 30
put_throttle = 0 if _local else 1
minthrottle = 0 if _local else 0.1
write_maxlag = 5

cosmetic_changes = False
log = []
# What pywikibot's -simulate would let through.
actions_to_block += ["discussiontoolsedit", "visualeditoredit", "flow", "markfortranslation", "massmessage"]

# Read by the gateway's self-check: this file was executed, in this very process.
_os.environ["CALLBOARD_CONFIG_LOADED"] = str(_os.getpid())
