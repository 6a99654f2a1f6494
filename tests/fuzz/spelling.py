"""How a fuzzer's bytes become a text: as they are, or each byte as a piece of wikitext, so that tables come about."""

PIECES: tuple[str, ...] = (
    # tables
    "{|", "\n{|", '\n{| class="wikitable"', "\n|}", "\n|-", "\n|-\n", "\n|", "\n!", " || ", " !! ", "\n|+", "|",
    'rowspan="2" | ', 'colspan="3" | ', "rowspan=0|", "rowspan=99999|", 'style="a|b"|', ":{|", "{{{!}}", "{{!}}",
    "{{!-}}", "{{(!}}", "{{!)}}", "<table>", "<tr>", "<td>", "<th>", "</td>", "</tr>", "</table>",
    # heads, rooms, days
    "Time", "Time (UTC)", "Session", "Room", "Speaker", "Facilitator", "Task", "Room A", "Room B", "Main track",
    "\n== Friday, 21 May 2027 ==\n", "\n== Saturday 22 May ==\n", "\n=== Room B ===\n", "Sunday", "2027-05-23",
    "\n|+ Saturday (UTC)", "== <translate><!--T:1--> Friday, May 21</translate> ==",
    # times
    "10:00", "10:00–10:25", "10:30-11", "9:30a - 11a", "1400 - 1530", "14–17", "12:30 PM", "18:30 PM", "24:00", "3 p.m.",
    "noon", "midnight", "UTC", "CEST", "EST", "IST", "UTC+5:30", "25 min", "(80 minutes)", "~3:45", "Open end", "0:00",
    "[https://zonestamp.toolforge.org/1810890000 14:00]", "/1810893600", "9.00", "10'", "am", "pm",
    # cells
    "'''Title'''", "'''", "''", "[[User:Ada|Ada]]", "[[User:Bo]]", "{{u|Cyd}}", "{{ping|Ada|Bo}}", "Testuser Quill", "@Gus",
    "facilitation: ", "facilitation: (your username)", "Facilitated by ", "''free slot''", "[??] Empty", "TBD", "—", "(same)",
    "Lunch", "{{phab|T900001}}", "[[phab:T900002|[Session] Maps]]", "T900003", "{{tracked|T900004}}", " / ",
    "https://phabricator.wikimedia.org/T900005", "[https://phabricator.wikimedia.org/T900006 [Session] Pixel]",
    "{{Session row|start=13:00|title=Maps|speaker=[[User:Ada|Ada]]|task=T900007}}", "{{Program item|title=", "}}", "{{", "[[", "]]",
    # lists
    "\n* ", "\n** ", "\n# ", "\n; ", "\n: ", "* 10:00–11:00 ", " : ",
    # everything else
    "<br>", "<br />", "<small>", "</small>", "<s>", "</s>", "<nowiki>", "</nowiki>", "<!--", "-->", "<!-- callboard: ok x -->",
    "<translate>", "</translate>", "<!--T:7-->", "<noinclude>", "<includeonly>", "<ref>", "</ref>", "<pre>", "&nbsp;", "&#124;",
    "~~~~", "-{", "}-", "\n", "\r\n", " ", "\t", "\u2028", "\u200f", "\x7f", "\x00", "💡", "例", "É", "a", "Z", "7", ".", ",", ":",
    # whole items; new pieces come last, so that kept inputs keep their meaning
    "* 10:00–10:25 {{Callboard/session|title=Maps|owner=Ada|room=Room B}}", "{{Callboard/session|time=11:00–11:25|title=", "|facilitator=",
    "{{Slot|when=14:00|what=Bots|who=[[User:Bo]]|where=Room A|job=T900008|help=(your username)}}", "{{Slot|what=", "{{nowrap|Room&nbsp;A}}",
    "<small>facilitation: {{u|Ada}}</small>", "@Testuser Quill", "Opening: [[User:Ada]]", "needs a facilitator", "(10:00–10:25, Room B)",
    "Slot 1: 1400 - 1530", ", in parallel to slot 1:", "Sessions: ", "cancelled", "Berlin time", "America/New_York", "10:30 am IST / 5:00 am UTC",
)  # fmt: skip


_GRID = '== Friday, 21 May 2027 ==\n{| class="wikitable"\n! Time (UTC) !! Room A !! Room B\n|-\n| 10:00 || '
_ROWS = '== Friday, 21 May 2027 ==\n{| class="wikitable"\n! Time !! Session !! Room !! Speaker !! Task\n|-\n| 10:00 || '
_BULLETS = "== Friday, 21 May 2027 ==\n* 09:00–09:30 Opening\n* 10:00–10:25 "
BEGINNINGS = ("", "", _GRID, _ROWS, _BULLETS)


def spelled(data: bytes) -> str:
    """The text for these bytes: the first says how it begins and whether the others are PIECES or UTF-8."""
    if not data:
        return ""
    beginning = BEGINNINGS[data[0] % len(BEGINNINGS)]
    if data[0] % len(BEGINNINGS) == 1:
        return beginning + data[1:].decode("utf-8", errors="replace")
    return beginning + "".join(PIECES[byte % len(PIECES)] for byte in data[1:])
