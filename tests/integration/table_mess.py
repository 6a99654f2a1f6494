"""Pages with tables in the ways in which people write them, and in some in which nobody should; the same for a seed.

Every piece of text that a cell may show is a word `w17x` of its own, so that it can be told where the wiki shows it.
"""

import random
from collections.abc import Iterator
from itertools import count

SPANS = (
    "2",
    "'3'",
    '"2"',
    "2px",
    "2;",
    "0",
    "-1",
    "+2",
    "x",
    "７",
    "65535",
    "1001",
    "&#50;",
    " 2",
    "''",
    '"3',
)
ATTRIBUTES = (
    "", "", "", "", "", "", " | ", "x | ", "style='color:red' | ", 'title="a|b" | ', "{{Nope}} | ", "<b>|", "nowrap|", "!|", "[[ | ", "-{ | ",
    "<nowiki>|</nowiki> |", "colspan=2 rowspan=2|", "rowspan=2 rowspan=3|", "data-rowspan=4|", "title='rowspan=4'|",
)  # fmt: skip
CONTENT = (
    "{0}", "{0}", "{0} {1}", "", " ", "'''{0}", "''{0}", "'''''{0}'' {1}", "<small>{0}", "{0}</small>", "<div>{0}", "</div>{0}", "[[A|{0}]]", "[[A", "]]", "[[A|{0} [[B]]",
    "{{{{", "}}}}", "{{{{Nope|{0}", "{{{{Nope|{0}|b=|-\n| c}}}}", "{{{{#if:x|a|b}}}}{0}", "{0}<!-- c -->{1}", "<!-- c\n| d -->{0}", "{0}\n{1}", "{0}\n\n{1}",
    "\n* {0}\n* {1}", "\n== {0} ==\n{1}", "\n : {0}", "{0}<br>{1}", "<br/>", "<nowiki>{0} || {1}</nowiki>", "<nowiki/>{0}", "<pre>\n| {0}\n|-\n</pre>", "<nowiki>{0}",
    "<span title='a|b'>{0}</span>", '<span title="!!">{0}</span>{1}', "<span title='a\n| b'>{0}</span>", "<span title='||'>{0}", "<foo a|{0}>", "<foo || {0}>", "1 < 2 {0}",
    "<td>{0}", "<td rowspan=2>{0}</td>", "</td>{0}", "<TH>{0}", "<tr>{0}", "<tr><td>{0}", "</tr>{0}", "</table>{0}", "<table>{0}", "<caption>{0}", "</caption>{0}",
    "<table><tr><td>{0}</table>{1}", "<thead><tr><th>{0}</thead>", "<td/>{0}", "<td colspan = 2 class=\n'x'>{0}", "<p>{0}", "</p>{0}", "<li>{0}",
    "<noinclude>{0}</noinclude>", "<noinclude>\n| {0}</noinclude>", "<includeonly>\n| {0}\n|}}</includeonly>{1}", "<onlyinclude>{0}</onlyinclude>", "<ref>{0}", "{0}<ref>a || b\n| c</ref>",
    "<translate>{0}</translate>", "<translate><!--T:1--> {0}\n\n<!--T:2--> {1}</translate>", "</translate>{0}", "-{{{0}|{1}}}-", "-{{{0}", "{0}\u2028| {1}", "{0}\x85", "\u00a0{0}", "\x0b{0}\x0b",
    "{0}\x7f", "{0}\x00\x01", "{0}\r\n{1}", "&nbsp;{0}", "&#124;{0}", "[https://a.example/x|y {0}]", "[https://a.example {0} || {1}]", "https://a.example/|{0}", "{0} | {1}", "{0} |", "|{0}",
    "{{{{!}}}}{0}", "{{{{!}}}}{{{{!}}}} {0}", "{{{{!!}}}}{0}", "{0} {{{{(!}}}}", "-{0}", "+{0}", "}}{0}", "!{0}", "{0}!!{1}", "{0} !", "{0}|!!{1}", "!!!{0}", "__NOTOC__{0}", "~~{0}",
    "{{| {0}", "{0} |}}", "{{{{{{x|a}}}}}}{0}", "{{{{{{!}}}} {0}", "[[File:A.png|thumb|{0}]]", "[[Category:A]]{0}", "{0} <s>{1}", "<u>{0}</u>", "----", "\n----\n{0}", "<hr>{0}", "<!-- {0}\n-->",
)  # fmt: skip
BETWEEN = (
    "", "", "", "{0}", "<!-- c -->", "<!-- c --> ", " <!-- c -->\n", "  ", "'''{0}", "* {0}", "== {0} ==", "{{Nope}}", "</table>", "</div>", "<tr>", "<tr class='x'>", "</tr>", "<td>{0}",
    "<td>{0}</td>", "<th>{0}\n", "</td>", "|+ {0}", "|+ {0} || {1}", "<caption>{0}</caption>", "<noinclude>", "</noinclude>", "<translate>", "</translate>", "<b>{0}", "{{{{!}}}}-", "|-\n", "{{{{!-}}}}",
    "<table>", "<onlyinclude>", "<div>", "}}}}", "]]", "'''", "-----", "|}} {0}",
)  # fmt: skip
OPENINGS = (
    "{|", "{|", '{| class="wikitable"', '{| class="wikitable', "{| title='a|b' {0}", ":{|", "::{| class=x", " {|", ": {|", ":\u00a0{|", "{{{!}}", "{{(!}} class=x", "{|\r", "<b>{|", "<!-- c -->{|",
    "<noinclude>{|", "<translate>{|", "{| <!-- c -->", "{| {{Nope}}", "{||", "{|-", "{|}", "* {|", "{{Nope|1={|", "{|\n{|",
)  # fmt: skip
HTML_OPENINGS = (
    "<table>",
    "<TABLE class='x'>",
    "<table\nclass=x>",
    ":<table>",
    "<div><table>",
    "<table><caption>c</caption>",
    "<table/>",
    "<table><tbody>",
)
CLOSINGS = (
    "|}",
    "|}",
    "|}",
    " |}",
    "|} {0}",
    "|}<!-- c -->",
    "</table>",
    "</table>|}",
    "|}}",
    "{{!}}}",
    "{{!)}}",
    "",
    "|}\r",
    "<nowiki/>|}",
    "|}|}",
)


class Mess:
    """Makes one page."""

    def __init__(self, seed: int) -> None:
        self.choice = random.Random(seed)  # noqa: S311 -- the same pages in every run
        self.numbers = count(1)

    def words(self, pattern: str) -> str:
        """The pattern of CONTENT or BETWEEN with words of its own."""
        return pattern.format(f"w{next(self.numbers)}x", f"w{next(self.numbers)}x")

    def attributes(self) -> str:
        if self.choice.random() < 0.12:
            name = self.choice.choice(["rowspan", "colspan", "ROWSPAN ", "Colspan"])
            return f"{name}={self.choice.choice(SPANS)} |"
        return self.choice.choice(ATTRIBUTES)

    def content(self) -> str:
        plain = self.choice.random() < 0.7
        return self.words("{0}" if plain else self.choice.choice(CONTENT))

    def row(self) -> Iterator[str]:
        if self.choice.random() < 0.85:
            yield self.choice.choice(
                [
                    "|-",
                    "|-",
                    "|-",
                    "|-----",
                    "|- class=x",
                    " |-",
                    "|-\n|-",
                    "|-|x",
                    "|- {{Nope}}",
                    "|-<!-- c -->",
                ]
            )
        while self.choice.random() < 0.75:
            mark = self.choice.choice(
                [
                    "|",
                    "|",
                    "|",
                    "|",
                    "!",
                    "! ",
                    "| ",
                    " |",
                    "<!-- c -->|",
                    "{{!}}",
                    "\t|",
                    "'|"[self.choice.random() < 0.9],
                ]
            )
            cells = [self.attributes() + self.content() for _ in range(self.choice.randint(1, 4))]
            yield mark + self.choice.choice(
                [" || ", "||", " || ", " !! ", "!!", "{{!}}|", "|<!-- c -->|"]
            ).join(cells)

    def html_row(self) -> Iterator[str]:
        yield self.choice.choice(["<tr>", "<tr class=x>", "<TR>", "", "</tr><tr>", "<tr/>"])
        for _ in range(self.choice.randint(0, 4)):
            tag = self.choice.choice(["td", "td", "th", "TD"])
            spans = self.choice.choice(
                [
                    "",
                    "",
                    "",
                    " rowspan=" + self.choice.choice(SPANS),
                    " colspan='2'",
                    " class=x",
                    " title='a|b'",
                ]
            )
            end = self.choice.choice([f"</{tag}>", f"</{tag}>", "", "\n", f" </{tag}>\n"])
            yield f"<{tag}{spans}>{self.content()}{end}"
        yield self.choice.choice(["</tr>", "</tr>\n", "", "\n"])

    def table(self, depth: int = 0) -> str:
        if self.choice.random() < 0.25:
            rows = [
                ("" if self.choice.random() < 0.5 else "\n").join(self.html_row())
                for _ in range(self.choice.randint(0, 4))
            ]
            lines = [self.choice.choice(HTML_OPENINGS), *rows]
        else:
            opening = self.choice.choice(OPENINGS[: 3 if self.choice.random() < 0.6 else None])
            lines = [opening.replace("{0}", "w0x")]
            for _ in range(self.choice.randint(0, 5)):
                lines += self.row()
                if self.choice.random() < 0.15:
                    lines += self.html_row()
                if self.choice.random() < 0.2:
                    lines.append(self.words(self.choice.choice(BETWEEN)))
                if depth < 3 and self.choice.random() < 0.1:
                    lines += [self.choice.choice(["|", "| a", "", "!"]), self.table(depth + 1)]
        usual = CLOSINGS[:3] if lines[0].lower().find("<table") < 0 else ("</table>",)
        closing = self.choice.choice(usual if self.choice.random() < 0.7 else CLOSINGS)
        return "\n".join([*lines, closing.replace("{0}", "w0x")])

    def page(self, tables: int) -> str:
        """Several tables with a heading each."""
        return "\n\n".join(f"== {number} ==\n{self.table()}" for number in range(tables))
