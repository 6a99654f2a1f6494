"""Signatures in list entries: talk links, mottos and time stamps as MediaWiki and people write them.

`[[User:X|X]] ([[User talk:X|talk]]) 20:15, 2 May 2026 (UTC)`; `<sup>[[User talk:X|knock]]</sup>`; several talk links in
one bracket; `21 apr 2026 10:15 (CEST)`; `22 april 2023 kl. 13.13 (CEST)[svara]`; `2026年5月6日 (三) 03:05 (UTC)`.
"""

import re

from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.links import canonical_name

_ZONE = r"\((?:[A-Z]{2,5}|(?:UTC|GMT)?[+−-][0-9]{1,2}(?::?[0-9]{2})?)\)"
_REPLY_LINK = r"(?:[ ]?\[[^\W\d]{3,20}\](?!\]))?"  # "[svara]" where a copied page shows the reply tool
STAMP = re.compile(
    rf"""(?<![\w:.])(?:
      [0-9]{{1,2}}[:.][0-9]{{2}},?[ ][^()\[\]{{}}|<>\n:]{{2,40}}?(?:[12][0-9]{{3}})(?:[ ]?[г年][^()\n]{{0,4}})?[ ]{{0,2}}
    | (?:[0-9]{{1,2}}\.?[ ](?:de[ ])?[^\W\d]{{3,15}}\.?[ ](?:de[ ])?[12][0-9]{{3}}|[^\W\d]{{3,12}}\.?[ ][0-9]{{1,2}},[ ][12][0-9]{{3}}
      |[12][0-9]{{3}}年[ ]?[0-9]{{1,2}}月[ ]?[0-9]{{1,2}}日[ ]?\([^()\n]{{1,4}}\)|[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}T?)
      [^()\[\]{{}}|<>\n0-9]{{0,8}}[0-9]{{1,2}}[:.][0-9]{{2}}(?::[0-9]{{2}})?[ ]{{0,2}}
    ){_ZONE}{_REPLY_LINK}""",
    re.VERBOSE,
)
_CLOSERS = re.compile(r"(?:</[A-Za-z]{1,10}[ ]?>|'{2,5})*")
_OPENERS = re.compile(r"(?:<[A-Za-z][^<>]*>|'{2,5}|&nbsp;|[ \t])*\Z")
_DASHES = re.compile(r"(?:--+|[—–―]|&mdash;|&ndash;)[ \t]*\Z")
_LINK = re.compile(r"\[\[([^\[\]|{}<>\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_WRAPPER = re.compile(r"[ \t]*(?:&nbsp;)?(\(|<(sup|sub|small|span|b|i|font|big)\b[^<>]{0,200}>)")
_TALK_BEGINS = re.compile(
    r"[ \t]*(?:&nbsp;)?(?:(?:\(|<(?:sup|sub|small|span|b|i|font|big)\b[^<>]{0,200}>|'{2,5})[ \t]*){0,4}\[\["
)
_LONGEST = 600  # characters of one bracket with talk links; a motto is shorter still


@value()
class Signature:
    """What a signature adds behind a name: `span` from the first blank after it to the end; `stamp` the time in it.

    `motto` is text between talk link and time; then `span` is only good for leaving out, not for cutting off.
    """

    span: Span
    stamp: Span | None = None
    motto: Span | None = None


def _about(target: str, name: str) -> bool:
    last = re.split(r"[:/]", target.split("#", 1)[0])[-1]
    tail = target.replace("_", " ").strip()
    return canonical_name(last) == name or tail.endswith((f":{name}", f"/{name}"))


def is_about(target: str, name: str) -> bool:
    """Whether a link leads to a page of that person that is not the user page: talk, contributions, other wikis."""
    return ":" in target and _about(target, name)


def _wrapped(text: str, at: int, end: int, name: str) -> int:
    """Behind one bracket or small tag that holds talk links of that person; -1 if there is none at `at`."""
    found = _WRAPPER.match(text, at, end)
    if not found:
        return -1
    limit = min(end, found.end() + _LONGEST)
    if found[2]:
        close = text.find(f"</{found[2]}", found.end(), limit)
        stop = text.find(">", close, limit) + 1 if close >= 0 else 0
    else:
        close = _bracket(text, found.end(), limit)
        stop = close + 1
    if close < 0 or stop <= 0:
        return -1
    inner = text[found.end() : close]
    links = list(_LINK.finditer(inner))
    rest = _LINK.sub("", inner)
    rest = re.sub(r"<[^<>]*>|&[a-z]+;|'{2,}", "", rest)
    if links and all(is_about(link[1], name) for link in links) and len(rest) <= 8 * len(links) + 8:
        return stop
    return -1


def _bracket(text: str, at: int, limit: int) -> int:
    depth = 1
    for index in range(at, limit):
        if text[index] == "(":
            depth += 1
        elif text[index] == ")":
            depth -= 1
            if not depth:
                return index
    return -1


def _bare_link(text: str, at: int, end: int, name: str) -> int:
    found = re.compile(r"[ \t]*(?:[·•|/-][ \t]*)?(?=\[\[)").match(text, at, end)
    link = _LINK.match(text, found.end(), end) if found else None
    if link and is_about(link[1], name):
        return link.end()
    return -1


def signature_after(text: str, at: int, end: int, name: str) -> Signature | None:
    """The signature that follows a name ending at `at`, in the text before `end`; None if nothing of one is there."""
    closers = _CLOSERS.match(text, at, end)
    start = stop = closers.end() if closers else at
    for _ in range(4):
        reach = max(_wrapped(text, stop, end, name), _bare_link(text, stop, end, name))
        if reach < 0:
            break
        more = _CLOSERS.match(text, reach, end)
        stop = more.end() if more else reach
    near = min(end, stop + _LONGEST)
    stamp = STAMP.search(text, stop, near)
    if stamp is None:
        return Signature(Span(start, stop)) if stop > start else None
    between = text[stop : stamp.start()]
    if not re.sub(r"<[^<>]*>|'{2,}|&nbsp;|[\s,;–—-]", "", between):
        return Signature(Span(start, stamp.end()), Span(*stamp.span()))
    if stop > start and STAMP.search(text, stamp.end(), near) is None and "[[" not in between:
        return Signature(Span(start, stamp.end()), Span(*stamp.span()), Span(stop, stamp.start()))
    return Signature(Span(start, stop)) if stop > start else None


def signature_at_end(text: str, at: int, end: int, name: str) -> Span | None:
    """What a signature adds at the end of the text, parted from the name: ` ([[User talk:X|talk]])` behind `[[User:X]] 14–18 UTC`.

    Without a time stamp only brackets and small tags with links of one word: `write on my [[User talk:X|talk page]]` is a remark.
    """
    for found in _TALK_BEGINS.finditer(text, at, end):
        signed = signature_after(text, found.start(), end, name)
        if signed and not signed.motto and not text[signed.span.end : end].strip():
            labels = [link[2] or "" for link in _LINK.finditer(text, signed.span.start, signed.span.end)]
            dressed = found[0].strip() != "[["
            if signed.stamp or (dressed and not any(" " in label.strip() for label in labels)):
                return signed.span
    return None


def before_name(text: str, start: int, at: int) -> int:
    """Where the text before a name ends, without the tags and quotes that dress the name: `<span …>[[User:…`."""
    dressed = _OPENERS.search(text, max(start, at - 400), at)
    return dressed.start() if dressed else at


def before_dashes(text: str, start: int, at: int) -> int:
    """Where the text before a signature ends, without the dashes that lead over to it: `text --[[User:…`."""
    dashes = _DASHES.search(text, max(start, at - 20), at)
    return dashes.start() if dashes else at
