"""`{{bots}}` and `{{nobots}}`: whether a page's owner lets this bot edit it, or leave a message on it.

    {{nobots}}                        no bots at all
    {{bots|deny=Callboard,OtherBot}}  not these; `deny=all` no bots, `deny=none` all may
    {{bots|allow=OtherBot}}           these and no others; `allow=all`, `allow=none`
    {{bots|optout=all}}               no messages; or only not these kinds: `optout=starts_soon,acknowledged`
    {{bots|denyscript=callboard}}     pywikibot's spelling

Comments and nowiki do not count, names are compared without regard to case. Where several statements stand, one
that says no is enough. A statement that cannot be understood (`{{bots|deny={{list}}}}`) counts as a no.
Source: Template:Bots/doc of the English Wikipedia, which the other wikis copied.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import mwparserfromhell
from mwparserfromhell.nodes import Template
from mwparserfromhell.wikicode import Wikicode

# What a page says about every bot's scripts, or about every message, says it about ours under this name too.
OUR_NAME = "callboard"

_QUICK = re.compile(r"\{\{[^{}|]*bots", re.IGNORECASE)  # most pages need no parser
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NOT_TRANSCLUDED = re.compile(r"<noinclude\s*>.*?(?:</noinclude\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ONLY = re.compile(r"<onlyinclude\s*>(.*?)(?:</onlyinclude\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"</?(?:includeonly|noinclude|onlyinclude)\s*/?>", re.IGNORECASE)
_REDIRECT = re.compile(r"\s*#[^\s\[:]+\s*:?\s*\[\[([^\]|#]+)")
_SEPARATOR = re.compile(r"[,;\n]")
_USER = re.compile(r"^\[*\s*:?\s*(?:user|user talk|benutzer|utilisateur)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the bot may; `why` is the reason of a no, in a form for a log or a report."""

    allowed: bool
    why: str = ""


ALLOWED = Verdict(allowed=True)


def may_edit(text: str, bot: str) -> Verdict:
    """Whether `bot` may edit a page at all, as far as its own text says."""
    return may_post(text, bot, "")


def may_post(
    text: str,
    bot: str,
    kind: str,
    *,
    transcluded: Iterable[str] = (),
    nested: Mapping[str, str] | None = None,
) -> Verdict:
    """Whether `bot` may leave a notice of this kind on a page with this text.

    `transcluded` is what `PageText.templates` tells: the exclusion templates that the wiki found on the page, also
    inside other templates. `nested` holds the texts of the templates on the page, by title, None if they were not
    read. If the wiki sees a statement and neither the page nor the templates show it, the answer is no.
    """
    statements = tuple(transcluded)
    if not statements and not _QUICK.search(text):
        return ALLOWED
    aliases = _aliases(nested or {})
    own = list(_calls(text, aliases))
    verdict = _judge(own, bot, kind)
    if not verdict.allowed:
        return verdict
    inner = [
        call
        for title, inside in (nested or {}).items()
        if not _is_exclusion(title, aliases)
        for call in _calls(_as_transcluded(inside), aliases)
    ]
    verdict = _judge(inner, bot, kind)
    if not verdict.allowed:
        return Verdict(allowed=False, why=f"{verdict.why} (inside another template)")
    seen = {name for name, _ in (*own, *inner)}
    unexplained = {name for title in statements if (name := _kind_of(title, aliases))} - seen
    if unexplained:
        names = ", ".join(f"{{{{{name}}}}}" for name in sorted(unexplained))
        return Verdict(
            allowed=False, why=f"the page has {names} inside another template, and what it says is not known"
        )
    return ALLOWED


def needs_nested(text: str, transcluded: Iterable[str]) -> bool:
    """Whether `may_post` should be given the texts of the templates that the page uses.

    That is so when the wiki saw an exclusion template and the page's own calls are not all that could have brought
    it in. Pages without such templates, nearly all, never need it.
    """
    titles = tuple(transcluded)
    if not titles:
        return False
    own = {name for name, _ in _calls(text, {})}
    if {_kind_of(title, {}) for title in titles} - {None} - own:
        return True
    return any(_kind_of(str(call.name), {}) is None for call in _parse(text).filter_templates())


def _parse(text: str) -> Wikicode:
    return mwparserfromhell.parse(text, skip_style_tags=True)


def _plain(name: str) -> str:
    """`Template:No_Bots ` and `nobots` in one spelling: casefolded, without namespace, comments, underscores."""
    bare = " ".join(_COMMENT.sub("", name).replace("_", " ").split())
    return bare.rpartition(":")[2].strip().casefold()


def _kind_of(name: str, aliases: Mapping[str, str]) -> str | None:
    plain = _plain(name)
    plain = aliases.get(plain, plain)
    return plain if plain in {"bots", "nobots"} else None


def _is_exclusion(title: str, aliases: Mapping[str, str]) -> bool:
    return _kind_of(title, aliases) is not None


def _aliases(nested: Mapping[str, str]) -> dict[str, str]:
    """Names that are redirects to the two templates: `{"no robots": "nobots"}`."""
    found: dict[str, str] = {}
    for title, text in nested.items():
        redirect = _REDIRECT.match(text)
        if redirect and _plain(redirect[1]) in {"bots", "nobots"}:
            found[_plain(title)] = _plain(redirect[1])
    return found


def _as_transcluded(text: str) -> str:
    """What of a template's text reaches the pages that use it."""
    only = _ONLY.findall(text)
    return _TAGS.sub("", "".join(only) if only else _NOT_TRANSCLUDED.sub("", text))


def _calls(text: str, aliases: Mapping[str, str]) -> Iterator[tuple[str, Template]]:
    """Each call of the two templates, with which one it is."""
    if not _QUICK.search(text) and not any(alias in text.casefold().replace("_", " ") for alias in aliases):
        return
    for call in _parse(text).filter_templates():
        kind = _kind_of(str(call.name), aliases)
        if kind:
            yield kind, call


def _judge(calls: Iterable[tuple[str, Template]], bot: str, kind: str) -> Verdict:
    for name, call in calls:
        if name == "nobots":
            return Verdict(allowed=False, why=f"{_shown(call)} keeps all bots away")
        verdict = _judge_bots(call, bot, kind)
        if not verdict.allowed:
            return verdict
    return ALLOWED


def _judge_bots(call: Template, bot: str, kind: str) -> Verdict:
    for parameter in call.params:
        name = _plain(str(parameter.name))
        raw = _COMMENT.sub("", str(parameter.value)).strip()
        if name not in {"allow", "deny", "optout", "denyscript"} or not raw:
            continue
        if "{{" in raw:
            return Verdict(allowed=False, why=f"{_shown(call)} cannot be understood")
        said = _words(raw)
        why = _says_no(name, said, _word(bot), kind)
        if why:
            return Verdict(allowed=False, why=f"{_shown(call)} {why}")
    return ALLOWED


def _says_no(parameter: str, said: set[str], bot: str, kind: str) -> str:
    """Why a filled parameter means no, or nothing if it does not."""
    if parameter == "allow":
        return "" if said & {"all", bot} else "allows other bots only"
    if parameter == "deny":
        return "keeps this bot away" if said & {"all", bot} else ""
    if parameter == "denyscript":
        return "keeps this program away" if said & {"all", bot, OUR_NAME, _word(kind)} else ""
    if kind and said & {"all", bot, OUR_NAME, _word(kind), _word(f"{OUR_NAME}-{kind}")}:
        return "asks for no such messages"
    return ""


def _words(value: str) -> set[str]:
    return {word for part in _SEPARATOR.split(value) if (word := _word(part))}


def _word(value: str) -> str:
    """`[[User:My_Bot|x]]`, `my bot` and `MY-BOT` in one spelling."""
    bare = _USER.sub("", value.strip().strip("'\"")).partition("|")[0].strip("[] \t")
    return " ".join(bare.replace("_", " ").replace("-", " ").split()).casefold()


def _shown(call: Template) -> str:
    return " ".join(_COMMENT.sub("", str(call)).split())
