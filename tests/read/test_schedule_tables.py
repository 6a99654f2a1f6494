"""Tables that are not as the book says: nested, in HTML, in templates, with text between the cells."""

import pytest

from tests.read.test_schedule_layouts import DAY, read

ROWS = "{|\n! Time !! Title\n|-\n| 10:00 || Bots\n|-\n| 11:00 || Maps\n|}"
BOTH = [("15 10:00", "Bots"), ("15 11:00", "Maps")]
TWICE = [("16 10:00", "Bots"), ("16 11:00", "Maps"), *BOTH]
BUILT = (
    ROWS.replace("|}", "{{!}}}").replace("{|", "{{{!}}").replace("\n|", "\n{{!}}").replace("||", "{{!}}{{!}}")
)

READ_WHOLE = {
    "in a cell of a table that lays out the page": (f"{{|\n|\n'''Saturday'''\n{ROWS}\n|\n'''Friday'''\n{ROWS}\n|}}", TWICE),
    "in a cell of such a table in HTML": (f"<table><tr><td>\n'''Saturday'''\n{ROWS}\n<td>\n'''Friday'''\n{ROWS}\n</table>", TWICE),
    "below a head that folds it away": (f"{{| class=mw-collapsible\n! Friday\n|-\n|\n{ROWS}\n|}}", BOTH),
    "in the argument of a template": (f"{{{{Box|1=\n{BUILT}\n}}}}", BOTH),
    "in a template in a template": (f"{{{{Box|{{{{Box|a|2=\n{BUILT}\n}}}}|3=x}}}}", BOTH),
    "in HTML": ("<table><tr><th>Time</th><th>Title</th></tr>\n<tr><td>10:00</td><td>Bots</td></tr>\n<tr>\n<td>11:00</td>\n<td nowrap>Maps</td>\n</tr></table>", BOTH),
    "in HTML without end tags": ("<TABLE>\n<TR><TH>Time<TH>Title\n<TR><TD>10:00<TD>Bots\n<TR class=x><TD>11:00<TD>Maps\n</TABLE>", BOTH),
    "in HTML with thead": ("<table><thead><tr><th>Time<th>Title</thead><tbody><tr><td>10:00<td>Bots<tr><td>11:00<td>Maps</tbody></table>", BOTH),
    "with a row in HTML": (ROWS.replace("|-\n| 11:00 || Maps", "<tr><td>11:00</td><td>Maps</td></tr>"), BOTH),
    "opened in HTML, with rows of wikitext in a table in it": (f"<table><tr><td>\n{ROWS}</td></tr></table>", BOTH),
    "closed in HTML": (ROWS.replace("|}", "</table>"), BOTH),
    "with CRLF": (ROWS.replace("\n", "\r\n"), BOTH),
    "with markup that is never closed": (ROWS.replace("Bots", "Bots<small>").replace("Maps", "'''Maps"), BOTH),
    "in an indented line": (f"::{ROWS}", BOTH),
    "before a template without a name": ("{{|" + f"\n{ROWS}\n}}}}", BOTH),
    "with bars in a tag": (ROWS.replace("Bots", "<span title='a||b'>Bots</span>"), BOTH),
}  # fmt: skip


@pytest.mark.parametrize("name", READ_WHOLE)
def test_table_is_read_as_it_shows(name: str) -> None:
    source, sessions = READ_WHOLE[name]
    schedule = read(DAY + source)
    assert (
        [(f"{each.start:%d %H:%M}", each.title) for each in schedule.sessions if each.start],
        schedule.problems,
    ) == (
        sessions,
        (),
    )


SAID = {
    "text before the first row mark": (ROWS.replace("|-\n| 10:00", "|-\n10:30 Lost\n| 10:00"), [("table-lost", 5)]),
    "text behind the last row mark": (ROWS.replace("|}", "|-\n12:00 Lost\n|}"), [("table-lost", 9)]),
    "text behind a cell's end tag": (ROWS.replace("Maps", "Maps</td> 12:00 Lost"), [("table-lost", 7)]),
    "rows behind the end": (ROWS + "\n|-\n| 12:00 || Lost\n|}", [("table-lost", 10)]),
    "rows behind an end in HTML": (ROWS.replace("|}", "</table>\n|-\n| 12:00 || Lost\n|}"), [("table-lost", 10)]),
    "cells in HTML in no table": (ROWS + "\n<tr><td>12:00</td><td>Lost</td></tr>", [("table-lost", 9)]),
    "table in the middle of a line": (ROWS + "\n<div>{|\n! Time !! Title\n|-\n| 12:00 || Lost\n|}</div>", [("table-lost", 12)]),
    "table that a template's bars cut up": (ROWS + "\n{{Box|1={|\n|-\n| 12:00 || Lost\n|}}}", [("table-lost", 9)]),
    "rowspan from a template": (ROWS.replace("| 11:00", "| rowspan={{two}} | 11:00"), [("grid-broken", 7)]),
    "table in a cell": (ROWS.replace("Maps\n", "\n{|\n| Lost || Lost\n|}\n") + "\n", [("table-nested", 8)]),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_what_stands_in_no_cell_is_said_and_not_read(name: str) -> None:
    source, problems = SAID[name]
    schedule = read(DAY + source)
    assert [each.title for each in schedule.sessions if "Lost" in each.title] == []
    assert [(problem.code, problem.line) for problem in schedule.problems] == problems
