"""One cell at a time: title, owners, facilitation, tasks, and what kind of cell it is."""

import pytest

from callboard.read.cells import CellReading, read_cell
from callboard.read.facilitation import read_facilitators
from callboard.wikitext.edits import Span

KNOWN = frozenset({"Testuser Quill", "Ejemplo Uno"})


def read(text: str) -> CellReading:
    return read_cell(text, Span(0, len(text)), KNOWN)


@pytest.mark.parametrize(
    ("text", "title", "owners"),
    [
        ("'''Opening''' – the coordinators say hello", "Opening", []),
        ("'''Ask anything'''<br />[[User:Ada|A]], [[User:Bo]]", "Ask anything", ["Ada", "Bo"]),
        ("How it survived three owners ({{phab|T900011}})<br/>[[User:Ada]]", "How it survived three owners", ["Ada"]),
        ("Music quiz, no prizes. Host: Testuser Bo", "Music quiz, no prizes", ["Testuser Bo"]),
        ("Let's write it – [[User:Ada|Ada]], {{phab|T900014}}", "Let's write it", ["Ada"]),
        ("'''Dark mode''' (T900015)<br />[[User:Ada]]", "Dark mode", ["Ada"]),
        ("'''Live''' ([https://phabricator.wikimedia.org/T900016 T900016])<br>[[User:O'Example|O'Example]] with help of the chat", "Live", ["O'Example"]),
        ("{{phab|T900021}} Translating errors<br />[[User:Ada]]", "Translating errors", ["Ada"]),
        ("Merging items, live\n[[User:Ada]]\n\n[[phab:T900023]]", "Merging items, live", ["Ada"]),
        ("What next for the gadget? [[User:Ada]] ({{phab|T900012}})", "What next for the gadget?", ["Ada"]),
        ("'''Improvised theatre'''<br />Beispielfrau", "Improvised theatre", ["Beispielfrau"]),
        ("'''Improvised theatre'''<br /><small>Workshop</small>", "Improvised theatre", []),
        ("Maps<br>Intro", "Maps", []),
        ("'''Maps'''<br>Hands-on", "Maps", []),
        ("'''Maps'''<br>Intro", "Maps", []),
        ("Maps<br>Beispiel Frau", "Maps", ["Beispiel Frau"]),
        ("Maps<br>Speaker: Beispielfrau", "Maps", ["Beispielfrau"]),
        ("Maps<br>Facilitation needed!", "Maps", []),
        ("More facilitators needed", "More facilitators needed", []),
        ("'''Keynote:''' The long road", "Keynote: The long road", []),
        ("'''Maps''' and '''Graphs''': two ideas", "Maps and Graphs: two ideas", []),
        ("'''Moved here:''' Query club<br>[[User:Ada]]", "Query club", ["Ada"]),
        ("'''Session name''':<br/>Beyond tables<br/>'''Owner''': [[User:Ada]]", "Beyond tables", ["Ada"]),
        ("Title: Beyond tables<br/>Presenter: [[User:Ada]]", "Beyond tables", ["Ada"]),
        ("[[User:Ada/Slides|Slides that write themselves]]", "Slides that write themselves", []),
        ("[[User:Ada|Ada]]'s office hour", "Ada's office hour", ["Ada"]),
        ("Discussion about [[User:Ada]]'s proposal", "Discussion about Ada's proposal", ["Ada"]),
        ("[[User:Ada|Ada]], ''Why tests matter''", "Why tests matter", ["Ada"]),
        ('[[User:Ada|<span style="color:red">Ada</span>]]: CSS', "CSS", ["Ada"]),
        ("[[User:Ada]] and [[User:Bo]] present: Beyond tables", "Beyond tables", ["Ada", "Bo"]),
        ("'''Kick-off'''\n\n* Intro ([[User:Ada|Ada]])\n* Teams", "Kick-off", ["Ada"]),
        ("{{Abbr|RTL|right to left}} scripts in {{lang|de|Berlin}}", "RTL scripts in Berlin", []),
        ("Table ronde<br />Animatrice : [[User:Ada]]", "Table ronde", ["Ada"]),
        ("Fotowerkstatt<br>Gestaltung: [[User:Ada]], Karla Test", "Fotowerkstatt", ["Ada", "Karla Test"]),
        ("Title here<br />by Anna Muster and Bernd Beispiel", "Title here", ["Anna Muster", "Bernd Beispiel"]),
        ("Title here (by Anna Muster)", "Title here", ["Anna Muster"]),
        ("Step by Step Editing", "Step by Step Editing", []),
        ("'''Maps'''\nSpeakers:\n* [[User:Ada]]\n* Bo Test (Example Maps)\n* Esimerkki", "Maps", ["Ada", "Bo Test", "Esimerkki"]),
        ("'''Words'''\n\nSpeakers: [[User:Ada|Ada]], Exempla Nova (Glossary group)\n\nText.", "Words", ["Ada", "Exempla Nova"]),
        ("Lexemes by ear – Ejemplo Uno", "Lexemes by ear", ["Ejemplo Uno"]),
        ("Lexemes by ear – Query Service", "Lexemes by ear – Query Service", []),
        ("[[phab:T900041|[Session] What to know]]", "What to know", []),
        ("[[phab:T900042|[session] Bring it]]", "Bring it", []),
        ("[https://phabricator.wikimedia.org/T900042 [Session] Bring it]", "Bring it", []),
        ("[https://phabricator.wikimedia.org/T900049 Hands on: a map]", "Hands on: a map", []),
        ("https://phabricator.wikimedia.org/T900045 – Maps on phones", "Maps on phones", []),
        ("T900047: Maps on phones", "Maps on phones", []),
        ("💡 '''Maps'''", "Maps", []),
        ("🛠️ Maps [https://pad.example.org/p/x notes]", "Maps", []),
        ("[[/A year in ten pictures|A year in ten pictures]] ([[User:Ada]])", "A year in ten pictures", ["Ada"]),
        ("Dry run ([https://zonestamp.toolforge.org/1778860800 see in your time zone])<br />[[User:Ada]]", "Dry run", ["Ada"]),
        ("'''<translate><!--T:14--> Opening</translate>'''", "Opening", []),
        ("'''Maps<br />[[User:Ada]]", "Maps", ["Ada"]),
        ("<small>Maps", "Maps", []),
        ("Maps <small>(bring a phone)</small>", "Maps", []),
        ("'''Workshop''': How to map", "Workshop: How to map", []),
        ("Workshop<br>'''How to map'''", "How to map", []),
        ("Cooking with '''style'''", "Cooking with style", []),
        ("'''A long title<br>in two lines'''<br>[[User:Ada]]", "A long title in two lines", ["Ada"]),
        ("[[User:Ada]]: Maps for all", "Maps for all", ["Ada"]),
        ("Maps by [[User:Ada]] and [[User:Bo]]", "Maps", ["Ada", "Bo"]),
        ("Maps (25 min)", "Maps", []),
        ("R&amp;D &ndash; a talk", "R&D – a talk", []),
        ("'''Talk''' {{u|Ada}} {{ping|Bo|Cyd}}", "Talk", ["Ada", "Bo", "Cyd"]),
        ("<s>Old</s> '''New'''<br><s>[[User:Ada]]</s>", "New", []),
        ("'''Talk'''<br>[[User:Ada]]<br>notes: [[User:Bo]]", "Talk", ["Ada"]),
        ("Opening, [[User:Ada]]", "Opening", ["Ada"]),
        ("Yoga with [[User:Ada]] and Bo Example", "Yoga", ["Ada", "Bo Example"]),
        ("'''Workshop'''<br>Maps in an hour", "Maps in an hour", []),
        ("'''Workshop''' (55 min)<br>Maps<br>[[User:Ada]]", "Maps", ["Ada"]),
        ("'''Workshop'''<br>bring a laptop", "Workshop", []),
        ("'''Keynote'''<br>Beispiel Frau", "Keynote", ["Beispiel Frau"]),
        ("'''Keynote'''<br>Beispielfrau", "Keynote", ["Beispielfrau"]),
        ("needs a facilitator<br>Maps", "Maps", []),
        ("This needs a facilitator", "This needs a facilitator", []),
        ("Maps ([[User talk:Ada|Ada]])", "Maps", ["Ada"]),
        ("[[User:Ada]] Maps", "Maps", ["Ada"]),
        ("[[User:Ada|Ada]] (WMDE) Maps for all, how to {{phab|T900001}}", "Maps for all, how to", ["Ada"]),
        ("[[User:Ada]] {{phab|T900001}} Beispiel Frau", "", ["Ada"]),
        ("Maps<br>[[User:Ada]] Beispiel Frau", "Maps", ["Ada"]),
        ("Maps<br>[[User:Ada]] Testuser Quill, Beispiel Frau", "Maps", ["Ada", "Testuser Quill", "Beispiel Frau"]),
        ("Crowdfunding and wikis --BillyExample", "Crowdfunding and wikis", ["BillyExample"]),
        ("Frisbee &amp; free culture ~ Testuser Dot", "Frisbee & free culture", ["Testuser Dot"]),
        ("Wikis --the long story", "Wikis --the long story", []),
        ("Wikis -- Query Service", "Wikis -- Query Service", []),
        ("Unconference: '''everybody'''", "Unconference: everybody", []),
        ("{{phab|T900304}} and {{phab|T900305}}: Two bugs, one fix", "Two bugs, one fix", []),
        ("Workshop (55 min): your first patch", "Workshop: your first patch", []),
        ("Maps<br>[[Special:MyLanguage/User:Ada|Ada]]", "Maps", ["Ada"]),
        ("[[User:Ada]] / [[User:Bo]]: Maps", "Maps", ["Ada", "Bo"]),
        ("X", "X", []),
        ("Lunch with a bot owner: Q&A, [[User:Ada]]", "Lunch with a bot owner: Q&A", ["Ada"]),
        ("Who is the owner: a debate", "Who is the owner: a debate", []),
        ("Meet the host: Wikimedia Sverige", "Meet the host: Wikimedia Sverige", []),
        ("How to be a facilitator: five tips, [[User:Ada]]", "How to be a facilitator: five tips", ["Ada"]),
        ("Moderator: the role nobody wants", "Moderator: the role nobody wants", []),
        ("Maps, moderator: [[User:Ada]]", "Maps", ["Ada"]),
        ("Mediação: [[User:Ada]]<br>Maps", "Maps", ["Ada"]),
        ("Maps<br>Sprekers: [[User:Ada]], Beispiel Frau", "Maps", ["Ada", "Beispiel Frau"]),
        ("Modera la comunidad: ideas", "Modera la comunidad: ideas", []),
        ("[https://phabricator.wikimedia.org/T900001 T900001 – Teal colours]", "Teal colours", []),
        ("Maps host: [[User:Ada]]", "Maps", ["Ada"]),
        ("Maps<br>([[User:Ada]]; Protokoll: [[User:Bo]])", "Maps", ["Ada"]),
        ("Maps<br>[[User:Ada]], notulen: [[User:Bo]]", "Maps", ["Ada"]),
        ("How to take notes: tips, [[User:Ada]]", "How to take notes: tips", ["Ada"]),
        ("'''Talk'''<br>Organizing team", "Talk", []),
    ],
)  # fmt: skip
def test_title_and_owners(text: str, title: str, owners: list[str]) -> None:
    reading = read(text)
    assert (reading.kind.value, reading.title, [person.name for person in reading.owners]) == (
        "session",
        title,
        owners,
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "blank"), (" \n", "blank"), ("&nbsp;", "blank"), ("<!-- add yours -->", "blank"), ("<!-- keep free -->", "closed"), ("''free slot''", "free"),
        ("TBD", "free"), ("facilitation: (your username)", "free"), ("''free slot''<br>facilitation:", "free"), ("—", "closed"), ("(Buffer)", "closed"),
        ("'''closed'''", "closed"), ("''(same)''", "same"), ("''Coffee break''", "break"), ("'''Lunch'''<br>in the yard", "break"),
        ("[[User:Ada]]", "people"), ("Testuser Quill, [[User:Ada]]", "people"), ("''backup:'' [[User:Ada]]", "people"), ("<s>Maps</s>", "struck"),
        ("{{Program item|title=x}}", "unread"), ("{{phab|T900001}}", "session"), ("Lunch {{phab|T900001}}", "session"), ("'''Coffee break''' with the board", "session"),
        ("- -", "closed"), ("'''''Cancelled'''''", "off"), ("annulé", "off"), ("''Pause de 30 minutes''", "break"), ("free time", "break"),
        ("''(unconference slot)''", "free"), ("Slot machines", "session"), ("{{n/a}}", "closed"), ("Reserved for [[User:Ada]]", "closed"), ("''Empty – write here''", "free"), ("Moved to 11:00", "off"),
        ("[[User:Ada]] Beispiel Frau", "people"), ("[[User:Ada]] Until noon", "people"), ("[[User:Ada]] WMDE", "people"),
        ("[[User:Ada/Talk|How it went]]", "session"), ("''Free for spontaneous sessions''", "free"), ("Open end", "break"),
        ("{{tba}}", "free"), ("'''{{TBD}}'''", "free"), ("{{ To be confirmed }}", "free"), ("{{TBD}}<br>facilitation: (your username)", "free"),
        ("''This slot is free – add your session!''", "free"), ("spazio libero", "free"), ("nog vrij", "free"), ("''vaga livre''", "free"),
        ("A definir", "free"), ("wolny termin", "free"), ("ledig plats", "free"), ("noch zu vergeben", "free"), ("tba soon", "free"),
        ("<s>Wiki Loves Boats</s> ''vervalt''", "struck"), ("<s>Boats</s> inställt", "struck"), ("odwołane", "off"), ("Free culture", "session"),
        ("Lunch: an ethnography", "doubtful"), ("Lunch: an ethnography, [[User:Ada]]", "session"), ("Lunch: in the yard", "break"), ("Dinner: Restaurant Ada", "break"),
        ("<s>'''Bots'''<br>[[User:Ada]]</s> ''fällt aus''", "struck"), ("<s>Bots</s> ''Se cancela''", "struck"), ("<s>Bots</s> zrušeno", "struck"),
        ("<s>Bots</s> ''adiado''", "struck"), ("<s>Bots</s> canceled by speaker", "struck"), ("<s>Bots</s> ''moved to Saturday''", "off"), ("''fällt aus''", "off"),
        ("<s>'''Bots'''<br>[[User:Ada]]</s> ''dropped''", "struck-unclear"), ("<s>Bots</s> Speaker is ill", "struck-unclear"), ("<s>Bots</s> → Saturday", "struck-unclear"),
        ("Speaker is ill: <s>'''Bots'''<br>[[User:Ada]]</s>", "struck-unclear"), ("<s>'''Bots'''<br>[[User:Ada]]</s> '''speaker ill'''", "struck-unclear"),
        ("<s>Bots – [[User:Ada]]</s><br>Sorry, I am ill. [[User:Ada|Ada]] 12:00, 3 June 2026 (UTC)", "struck-unclear"),
        ("<s>Bots – [[User:Ada]]</s><br>See you next year. [[User:Ada|Ada]] 12:00, 3 June 2026 (UTC)", "struck-unclear"),
        ("<s>Bots – [[User:Ada]]</s> Sorry, I can't – [[User:Ada]]", "struck-unclear"), ("<s>'''Bots'''<br>[[User:Ada]]</s> Maps", "struck-unclear"),
        ("<s>'''Bots'''<br>[[User:Ada]]</s> '''Maps'''<br>[[User:Bo]]", "session"), ("<s>Bots – [[User:Ada]]</s><br>Maps – [[User:Ada]]", "session"),
        ("<s>'''Bots'''<br>[[User:Ada]]</s> '''Maps'''", "session"), ("<s>Why bots?</s> Why not bots?", "session"), ("<s>10:00</s> bots", "session"),
        ("<s>Bots</s> '''Why I am sick of bots'''<br>[[User:Ada]]", "session"), ("Maps <s>with [[User:Ada]]</s>", "session"), ("maps <s>and graphs</s>", "session"),
        ("Sorry, I am ill. [[User:Ada|Ada]] 12:00, 3 June 2026 (UTC)", "session"), ("<s>Bots</s> {{phab|T900001}}", "session"),
        ("{{tbc|Ada}}", "unread"), ("Maps<br>{{tba}}", "session"), ("{{TBA}} [[User:Ada]]", "session"),
    ],
)  # fmt: skip
def test_kind(text: str, kind: str) -> None:
    assert read(text).kind.value == kind


@pytest.mark.parametrize(
    ("text", "label", "value", "people", "is_open"),
    [
        ("Talk<br>facilitation: [[User:Ada|A]]", "facilitation:", "[[User:Ada|A]]", ["Ada"], False),
        ("Talk<br>Facilitation : [[User:Ada]] (until 19:15), [[User:Bo]]", "Facilitation :", "[[User:Ada]] (until 19:15), [[User:Bo]]", ["Ada", "Bo"], False),
        ("Talk<br>facilitation: Testuser Quill", "facilitation:", "Testuser Quill", ["Testuser Quill"], False),
        ("Talk<br>facilitation:", "facilitation:", "", [], True),
        ("Talk<br>faciliation: [[User:Ada]]", "faciliation:", "[[User:Ada]]", ["Ada"], False),
        ("Talk<br>Facilator: [[User:Ada]]", "Facilator:", "[[User:Ada]]", ["Ada"], False),
        ("Talk<br>facilitation: (your username)", "facilitation:", "(your username)", [], True),
        ("Talk<br>facilitation: ?", "facilitation:", "?", [], True),
        ("Talk<br>facilitation: [[User talk:Ada|Ada]]", "facilitation:", "[[User talk:Ada|Ada]]", ["Ada"], False),
        ("Talk<br>facilitation: [[User talk:Ada|talk]]", "facilitation:", "", [], False),
        ("Talk<br>''Needs a facilitator!''", "", "Needs a facilitator!", [], True),
        ("Still looking for facilitators<br>Talk", "", "Still looking for facilitators", [], True),
        ("Talk<br>''Facilitator:'' [[User:Ada|A]], ''scribe:'' [[User:Bo]]", "''Facilitator:''", "[[User:Ada|A]]", ["Ada"], False),
        ("Talk<br>facilitator = Testuser Dot", "facilitator =", "Testuser Dot", ["Testuser Dot"], False),
        ("Talk<br>facilitation - Testuser Dot", "facilitation -", "Testuser Dot", ["Testuser Dot"], False),
        ("Talk<br>facilitation: –", "facilitation:", "–", [], False),
        ("Talk<br>'''Facilitation''': [[User:Ada]]", "'''Facilitation''':", "[[User:Ada]]", ["Ada"], False),
        ("Talk<br>'''Facilitation:''' [[User:Ada]]", "'''Facilitation:'''", "[[User:Ada]]", ["Ada"], False),
        ("Talk<br>''facilitation: [[User:Ada]]''", "facilitation:", "[[User:Ada]]", ["Ada"], False),
        ("Talk<br>facilitated by [[User:Ada]]", "facilitated by", "[[User:Ada]]", ["Ada"], False),
        ("Talk<br>Facilitator [[User:Ada]]", "Facilitator", "[[User:Ada]]", ["Ada"], False),
        ("Talk<br>FACILITATORS: {{u|Ada}} and Bo Example", "FACILITATORS:", "{{u|Ada}} and Bo Example", ["Ada", "Bo Example"], False),
        ("Talk, facilitation: [[User:Ada]], {{phab|T900001}}", "facilitation:", "[[User:Ada]]", ["Ada"], False),
    ],
)  # fmt: skip
def test_facilitation(text: str, label: str, value: str, people: list[str], is_open: bool) -> None:
    reading = read(text)
    mark = reading.facilitation
    assert mark is not None
    assert (
        reading.title,
        mark.label.of(text),
        mark.value.of(text),
        [p.name for p in mark.people],
        mark.open,
    ) == (
        "Talk",
        label,
        value,
        people,
        is_open,
    )


@pytest.mark.parametrize(
    ("text", "label", "value", "people", "is_open"),
    [
        ("Grace", "", "Grace", ["Grace"], False),
        (" Facilitation : Grace ", "Facilitation :", "Grace", ["Grace"], False),
        (
            "'''Facilitation:''' [[User:Ada]], Grace",
            "'''Facilitation:'''",
            "[[User:Ada]], Grace",
            ["Ada", "Grace"],
            False,
        ),
        ("facilitation: (your username)", "facilitation:", "(your username)", [], True),
        ("Facilitation:", "Facilitation:", "", [], True),
    ],
)
def test_a_column_of_facilitators_that_repeats_the_mark(
    text: str, label: str, value: str, people: list[str], is_open: bool
) -> None:
    mark = read_facilitators(text, Span(0, len(text)))
    assert (mark.label.of(text), mark.value.of(text)) == (label, value)
    assert ([person.name for person in mark.people], mark.open) == (people, is_open)


@pytest.mark.parametrize(
    "text",
    [
        "How facilitation works",
        "Facilitation: how to lead a meeting",
        "Facilities: two rooms",
        "Facilitation for all",
        "How to be a facilitator: five tips",
    ],
)
def test_a_title_about_facilitation_is_no_mark(text: str) -> None:
    reading = read(text)
    assert (reading.title, reading.facilitation) == (text, None)


def test_tasks_of_a_cell_with_a_link_in_each_form() -> None:
    text = "'''Talk''' {{phab|T900001}} [[phab:T900002]] https://phabricator.wikimedia.org/T900003 (T900004) {{tracked|T900005}}"
    reading = read(text)
    assert [ref.task for ref in reading.tasks] == ["T900001", "T900002", "T900003", "T900004", "T900005"]
    assert reading.title == "Talk"


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("Facilitation needed!", "Facilitation", "needed!"),
        (" Facilitator wanted ", "Facilitator", "wanted"),
        ("'''Facilitators missing'''", "Facilitators", "missing"),
    ],
)
def test_a_cell_that_wants_a_facilitator_has_no_session(text: str, label: str, value: str) -> None:
    reading = read(text)
    mark = reading.facilitation
    assert mark is not None
    assert (reading.kind.value, reading.title, mark.open) == ("free", "", True)
    assert (mark.label.of(text), mark.value.of(text)) == (label, value)


@pytest.mark.parametrize("text", ['\n{| class="wikitable"\n| Bots || Maps\n|}', "\n:{|\n| Bots\n|}\nMaps"])
def test_a_cell_that_begins_with_a_table_is_not_read(text: str) -> None:
    assert read(text).kind.value == "unread"
