"""Days of the week and months in languages other than English, written out: `Freitag`, `vendredi 6 novembre`, `15 de mayo de 2026`."""

import re

_WEEKDAYS = """
montag dienstag mittwoch donnerstag freitag samstag sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
lunedì martedì mercoledì giovedì venerdì sabato domenica
dilluns dimarts dimecres dijous divendres dissabte diumenge
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
måndag tisdag onsdag torsdag fredag lördag söndag
mandag tirsdag onsdag torsdag fredag lørdag søndag
poniedziałek wtorek środa czwartek piątek sobota niedziela
pondělí úterý středa čtvrtek pátek sobota neděle
понедельник вторник среда четверг пятница суббота воскресенье
понеділок вівторок середа четвер п'ятниця субота неділя
maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
"""
_MONTHS = """
januar februar märz april mai juni juli august september oktober november dezember
jänner feber märz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
ledna února března dubna května června července srpna září října listopadu prosince
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
"""


def _numbered(lines: str, size: int, first: int) -> dict[str, int]:
    words = lines.split()
    return {word: first + number % size for number, word in enumerate(words)}


WEEKDAY_WORDS = _numbered(_WEEKDAYS, 7, 0)
MONTH_WORDS = _numbered(_MONTHS, 12, 1)
_AFTER_NUMBER = re.compile(
    r"\.?[ ]{1,2}(?:de[ ]|di[ ])?([^\W\d_]{3,12})\.?(?:,?[ ]{1,2}(?:de[ ]|del[ ])?([0-9]{4})(?![0-9:.]))?"
)


def month_after(seen: str, at: int) -> tuple[int, int, int] | None:
    """The month and year (0 if none) that follow a number ending at `at`, and where they end: `6| novembre 2026`."""
    found = _AFTER_NUMBER.match(seen, at)
    month = MONTH_WORDS.get(found[1].casefold()) if found else None
    if found is None or month is None:
        return None
    return month, int(found[2] or 0), found.end() if found[2] else found.end(1)
