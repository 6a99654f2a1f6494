"""The words of texts about hours in the languages that helpers write, and what each does to the hours.

English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish and Russian; the key of a phrase is its first word.
A word that is not here may mean anything: beside hours it is asked about, in another sentence it is a remark.
"""

from enum import StrEnum

from callboard.read.day_words import MONTH_WORDS, WEEKDAY_WORDS


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return text.split()


class Say(StrEnum):
    """What a piece of text does in a statement about hours."""

    DAY = "day"  # a weekday or a date
    EVERY = "every day"
    WEEKEND = "weekend"
    ALL = "all day"
    ANY = "any time"
    PART = "part of a day"
    TIME = "time"
    LENGTH = "length"
    ZONE = "zone"
    TO = "to"
    LINK = "between two times or days: to"  # a, à, al: elsewhere it is nothing
    FROM = "from"
    AFTER = "after"
    UNTIL = "until"
    BETWEEN = "between"
    ONWARDS = "onwards"
    AND = "and"
    OR = "or"
    NOT = "not"
    EXCEPT = "except"
    BREAK = "break"  # what is not there, if hours follow
    UNSURE = "maybe"  # leaves any hours open
    DOUBT = "if"  # leaves the hours of its sentence open
    BUT = "but"  # leaves open the hours before it
    VAGUE = "about"  # leaves a time after it open
    OPEN = "after work"
    OBJECT = "with"  # what follows is no matter of hours
    FILL = ""
    COMMA = ","
    SEMI = ";"
    STOP = "."
    LEFT = "("
    RIGHT = ")"
    SAME = "="
    NUMBER = "number"
    MONTH = "month"
    WORD = "word"  # not understood


_PHRASES = {
    Say.ANY: """any time|anytime|always|at all times|all the time|the whole event|whole event|all event|the whole hackathon|whole hackathon
        all hackathon|the whole time|the entire event|the entire hackathon|entire event|24/7|24 / 7|round the clock|around the clock|all days all day|all day every day
        all day , every day|all three days all day|all days , all day|jederzeit|immer|rund um die uhr|die ganze zeit|toujours|tout le temps|n'importe quand
        à tout moment|à toute heure|siempre|a cualquier hora|en cualquier momento|todo el tiempo|cualquier hora|sempre|in qualsiasi momento
        a qualsiasi ora|a qualquer hora|qualquer hora|o tempo todo|altijd|de hele tijd|när som helst|alltid|hela tiden|всегда|в любое время|любое время|круглосуточно""",
    Say.ALL: """all day|all day long|whole day|the whole day|entire day|the entire day|full day|all - day|full - day|ganztägig|ganztags|den ganzen tag|ganzen tag|ganzer tag
        toute la journée|toute journée|todo el día|todo el dia|tutto il giorno|tutta la giornata|o dia todo|o dia inteiro|todo o dia|dia todo|de hele dag|hele dag
        hela dagen|heldag|весь день|целый день""",
    Say.EVERY: """every day|on all days|on each day|each day|everyday|daily|all days|all of the days|all the days|every single day|täglich|jeden tag|alle tage|an allen tagen|tous les jours
        chaque jour|todos los días|todos los dias|cada día|cada dia|ogni giorno|tutti i giorni|todos os dias|cada dia|elke dag|alle dagen|iedere dag
        varje dag|alla dagar|каждый день|ежедневно|все дни|все дни""",
    Say.PART: "",
    Say.LINK: "a|à|al|às|au|ao|do|t / m|alle|по",
    Say.TO: "to|thru|through|bis|tot|alle ore|till|until|til|'til|до|jusqu'à|jusqu'au|até|fino a|a las|à las|tot en met|jusqu' à|upto|up to",
    Say.FROM: """from|starting|starting from|starting at|beginning|since|ab|von|vom|ab ca|à partir de|à partir du|dès|de|du|des|desde|desde las|a partir de las|a partir de
        dalle|dalle ore|dal|das|da|a partir das|desde as|vanaf|van|från|från och med|od|с""",
    Say.AFTER: "after|nach|après|después de|después de las|despues de las|dopo le|dopo|depois das|depois de|na|efter|после",
    Say.UNTIL: """before|by|vor|avant|antes de|antes de las|prima delle|antes das|voor|före|hasta|hasta las|fino alle|até às|até as|fram till
        """,
    Say.BETWEEN: "between|zwischen|entre|entre las|entre as|entre les|zwischen den|tra le|tra|fra le|tussen|mellan|между",
    Say.ONWARDS: "onwards|onward|on|and later|and on|aufwärts",
    Say.AND: """and|e as|e às|y las|e le|plus|und|sowie|et|y|e|ed|en|och|og|и|also|as well as|and also|both|sowohl|and then|then|puis|dann|luego|depois""",
    Say.OR: "or|oder|ou|o|of|eller|или|either|else|alternatively|bzw",
    Say.NOT: """not|no|nicht|kein|keine|pas|non|não|nao|niet|geen|inte|ej|не|нет|never|nie|jamais|nunca|mai più|nooit|aldrig|никогда|cannot|can't|cant
        won't|wont|don't|dont|couldn't|unable|neither|nor|without me|❌|🚫|⛔|nope""",
    Say.EXCEPT: """except|except for|excepting|excluding|apart from|other than|aside from|but not|just not|only not|minus|without|save for|bar|außer|ausser|bis auf|aber nicht|ausgenommen|nur nicht|jedoch nicht|ohne
        sauf|excepté|hormis|mais pas|pas de|excepto|salvo|menos|pero no|eccetto|tranne|ma non|escluso|exceto|menos|mas não|mas nao|behalve|maar niet|uitgezonderd
        utom|förutom|men inte|кроме|но не|за исключением|all but""",
    Say.BREAK: """break|with a break|with a break from|lunch break|with a lunch break|minus lunch|pause|mittagspause|mit pause|busy|away|offline|afk|unavailable|not available|not there|can't do
        not around|not free|not here|gone|out|nicht da|nicht verfügbar|pas dispo|pas disponible|pas là|no disponible|non disponibile|não disponível|niet beschikbaar
        inte tillgänglig|pausa|pauze|rast|paus|перерыв|не могу|im not available|i'm not available|i am not available|i am busy|i'm busy""",
    Say.UNSURE: """maybe|perhaps|probably|possibly|hopefully|tentative|tentatively|unsure|not sure|tbc|tbd|tba|depends|depending|longer|shorter|earlier|might|not certain
        vielleicht|eventuell|evtl|möglicherweise|vermutlich|wahrscheinlich|hoffentlich|länger|später|früher|unsicher|voraussichtlich|unter vorbehalt
        peut - être|probablement|éventuellement|sans doute|à confirmer|plus longtemps|quizás|quizas|quizá|tal vez|posiblemente|probablemente|acaso|a confirmar
        forse|probabilmente|eventualmente|magari|da confermare|talvez|possivelmente|provavelmente|misschien|wellicht|waarschijnlijk|mogelijk|kanske|eventuellt|troligen|förmodligen
        возможно|может|может быть|наверное|вероятно|вроде|скорее всего|🤷|🤔|❓|⁉|respectively|resp|prob|probs|mayb|mabye|idk|dunno|alternating|alternately|every other
        cancelled|canceled|withdrawn|withdrew|retracted|declined|dropped|resigned|replaced|swapped|sick|see below|see above|zurückgezogen|abgesagt|abgemeldet|verhindert|krank|gestrichen|entfällt
        annulé|annulée|retiré|retirée|malade|cancelado|cancelada|anulado|anulada|retirado|retirada|annullato|annullata|ritirato|ritirata|geannuleerd|afgezegd|ziek|inställt|avbokad|sjuk|отменено|отменён""",
    Say.DOUBT: """pending|needs|confirm|confirmation|unconfirmed|provisional|provisionally|subject to|waiting|tentatively|latest|exam|exams|meeting|wedding|flight|flights|train|travel|traveling|travelling|doctor|dentist|appointment|holiday|holidays|vacation|birthday|party|working|prüfung|hochzeit|termin|urlaub|examen|boda|mariage|réunion|reunión|reunião|cita|esame|riunione|tentamen|bröllop|экзамен|встреча|отпуск
        if|may|could|likely|unless|otherwise|instead|late|early|later|sometime|sometimes|some time|some|some of|occasionally|mostly|most|most of|usually|often|partly
        half|part|part of|parts|parts of|try|trying|or so|ish|- ish|asleep|sleep|sleeping|besides|best|prefer|preferably|preferred|preferable|preference
        rather|better|ideally|need be|necessary|backup|back - up|standby|on call|last resort|emergency|emergencies|only when|when needed|if needed|as needed|on and off|on & off|off and on|now and then|here and there|once in a while
        one hour|an hour|a couple of|couple|few|a few|several|many|every second|either day|one day|one of|any of|whichever|whatever|until late|till late|late night|would|should|wish|want|plan|planning|planned|expect|hope|hoping|think|guess|believe|moved|changed|was|were|previously|originally|except if
        wenn|falls|sofern|sonst|notfalls|notfall|manchmal|meist|meistens|teilweise|zeitweise|lieber|am liebsten|am besten|bevorzugt|könnte|würde|sollte|hoffe|kurz|halb|einige|ein paar|stundenweise|auf abruf|irgendwann|spät|früh
        si|parfois|plutôt|de préférence|pourrais|sinon|quelques|un peu|tôt|tard|cuando|a veces|preferiblemente|preferible|podría|algunas|unas|un rato|temprano|tarde o temprano
        se|talvolta|preferibilmente|potrei|qualche|se necessário|às vezes|de preferência|poderia|algumas
        als|soms|liefst|zou|paar|enkele|ibland|helst|kunde|skulle|några
        если|иногда|лучше|желательно|хотел|мог|несколько|бы""",
    Say.BUT: "but|however|though|although|aber|jedoch|mais|pero|però|ma|mas|maar|men|но|sauf que|only if",
    Say.VAGUE: """approx|approximately|about|around|roughly|circa|ca|~|≈|ungefähr|etwa|gegen|environ|vers|à peu près|aproximadamente|sobre|hacia|verso|por volta|ongeveer|rond|omstreeks|ungefär|omkring|runt|примерно|около|cerca de""",
    Say.OPEN: """before work|during work|outside work|after school|before school|after class|after classes|after lunch|before lunch|after dinner|before dinner|after breakfast|before breakfast
        working hours|work hours|office hours|business hours|during office hours|outside working hours|during my lunch|around lunch|after the keynote|before the keynote|during the keynote
        my time|my local time|local time|your time|home time|their time|my timezone|my time zone|local hours|my hours|my morning|my evening|whenever i can|whenever needed|whenever possible|weekdays|whenever|spare time|free time|when i can|when possible|when i'm free|when free|as long as|after the kids|bedtime
        vor der arbeit|nach der schule|nach dem mittagessen|nach dem essen|ortszeit|meine zeit|meiner zeit|wann immer
        avant le travail|après le déjeuner|après manger|heure locale|mon heure|después de comer|hora local|mi hora
        dopo pranzo|dopo cena|ora locale|após o almoço|depois do almoço|hora local|na de lunch|lokale tijd|efter lunch|lokal tid
        после школы|после обеда|по местному времени|местное время|мое время|моё время""",
    Say.OBJECT: "with|for|as|using|via|from home|regarding|concerning|re|mit|für|als freiwillige|avec|pour|comme|con|para|como|per|come|com|met|voor de|med|för|som|для|с помощью|language|languages|speaking",
}

# Words that change nothing about the hours beside them.
_FILL = """
w we mogę godz godzinie ganzen ganzer ganze ganzes whole entire tout todo tutto hele hela весь всю toute toda todo
i i'm im i'll ill i'd i've ive me my mine we we're we'll us our you your it's its it they he she he's she's they're them this that these those there here is am are be been being will shall can do does doing have has
available availability avail free around online present reachable ready able happy glad keen willing volunteer volunteering help helping helper helps join joining cover covering take taking sit sitting watch watching moderate moderating host hosting facilitate facilitating facilitator staff staffing support supporting assist assisting attend attending monitor monitoring answer come coming stay staying give serve serving look looking keep keeping be on duty shift shifts slot slots hours time times timeslot session sessions room rooms
the an on at in of please pls plz thanks thank thx cheers ok okay okey yes yep yeah sure good great fine perfect works work well count definitely certainly gladly hi hello hey just only simply too also again day days date dates o'clock sharp hrs hr h every each both all full well welcome entire whole next that's between-times ping team
utc-time timezone tz zone timezones clock am pm mornings-only via telegram irc chat discord jitsi zoom zulip lobby desk newcomers newcomer note notes notetaking channel channels stream main track hacking hackathon event weekend's remotely remote person onsite
good-to-go signed sign signing up put down name
ich bin kann könnte-ja habe hätte-ja bin's wir sind ist verfügbar dabei anwesend da frei zeit hilfe helfe helfen mache machen übernehme übernehmen gerne gern am an den dem der die das im um uhr jeweils nur auch und-dann bitte danke ja hallo zur verfügung erreichbar online zu jeden jede alle beide beiden tag tage mich mir es wieder
je j'y j'ai suis serai peux pourrai sera disponible dispo présent présente là ici libre aider aide le la les l en à-la aux un une sur heures heure h merci oui bonjour seulement uniquement aussi chaque tous toutes deux jours jour journées bien volontiers ça ce cet cette
yo estoy estaré puedo puedo-ayudar podré disponible libre presente ayudar ayudo el los las lo la una uno en por hora horas hs gracias sí si-claro hola solo sólo solamente también cada todos todas ambos días día dia dias me voy estar a-la mi es
io sono sarò posso disponibile libero libera presente aiutare aiuto il lo gli le i un in ore ora alla alle-ore grazie ciao solo soltanto anche ogni tutti entrambi giorni giorno mi ci
eu estou estarei posso poderei disponível livre presente ajudar ajudo o os as um uma em no na nos nas aos horas hora obrigado obrigada sim olá só somente apenas também cada ambos dias dia das-horas feira
ik ben kan zal beschikbaar vrij aanwezig helpen help de het een op in om-uur uur bedankt dank ja hallo alleen ook elke beide dagen dag er graag kunnen
jag är kan kommer tillgänglig ledig närvarande hjälpa hjälper till den det en ett på i kl klockan tack ja hej bara endast också varje båda dagar dag gärna vara finns ska
я буду могу смогу есть доступен доступна свободен свободна помочь помогу помогаю готов готова в во на по часов часа час ч спасибо да привет только тоже также каждый оба дня день дни мне время времени мск-время
"""
_MEANS_NOTHING = """good morning|good evening|good afternoon|good night|guten morgen|guten tag|guten abend|gute nacht|happy weekend|nice weekend|have a nice weekend|have a nice day|have a good day|bonne journée|bon week - end
buenos días|buenas tardes|buenas noches|bom dia|boa tarde|boa noite|buongiorno|goedemorgen|god morgon|доброе утро|добрый день|добрый вечер|as well|as usual|my name|no problem|no worries|no pb|of course|for sure|for now|at least one|count me in|i can do|i can be there|there for you|in total|at the|on the|in the
of the|all of|all of the|whole of|at any|ten to one|each of|every saturday|let me know|feel free|to help|to be|to do|to take|to cover|to join|to watch|to sit|to moderate|to facilitate|to host|to answer|to attend|able to|happy to|ready to|glad to|willing to|want to help|would love to help|would like to help|would love to|i'd love to|i'd love to help|i'd like to help|i could help|like to help|i plan to be there|um die|it's me|this is me|see you|see you there|see u|looking forward|not a problem|why not|pas de problème|kein problem|sin problema|sem problema|geen probleem|both of them|no matter|i'm in"""

# name of the part: its words; then what people mean by it, and between which hours a time said with it lies
_PARTS = {
    "morning": """morning|mornings|forenoon|vormittag|vormittags|morgens|am vormittag|am morgen|matin|matinée|le matin|du matin|mañana|mañanas|por la mañana|de la mañana|por las mañanas|mattina|mattino|di mattina|la mattina
        manhã|manhãs|de manhã|da manhã|pela manhã|ochtend|ochtends|'s ochtends|'s morgens|voormiddag|förmiddag|förmiddagen|morgon|morgonen|på morgonen|på förmiddagen|утром|утро|утра|по утрам|in der früh""",
    "afternoon": """afternoon|afternoons|nachmittag|nachmittags|am nachmittag|après - midi|l'après - midi|de l'après - midi|aprem|tarde|tardes|por la tarde|de la tarde|por las tardes|à tarde|da tarde|pela tarde|pomeriggio|di pomeriggio
        nel pomeriggio|del pomeriggio|middag|'s middags|namiddag|eftermiddag|eftermiddagen|på eftermiddagen|днём|днем|дня|pm""",
    "evening": """evening|evenings|abend|abends|am abend|soir|soirée|le soir|du soir|soirs|sera|di sera|la sera|serata|avond|avonds|'s avonds|avonden|kväll|kvällen|på kvällen|kvällar|вечером|вечер|вечера|по вечерам|tonight""",
    "night": """night|nights|overnight|at night|nacht|nachts|in der nacht|nuit|la nuit|de nuit|noche|noches|por la noche|de la noche|por las noches|notte|di notte|noite|noites|à noite|da noite|de noite|'s nachts|natt|natten|på natten|ночью|ночь|ночи""",
    "lunchtime": """lunchtime|lunch time|mittags|mittag|über mittag|am mittag|midi|le midi|mediodía|mezzogiorno|pranzo|ora di pranzo|meio - dia|lunchtijd|lunchtid|lunch|lunches|noonish|в обед|в полдень""",
    "daytime": """daytime|during the day|during daytime|in the daytime|tagsüber|en journée|dans la journée|la journée|journée|durante el día|di giorno|durante il giorno|durante o dia|overdag|dagtid|under dagen|в течение дня""",
    "after work": """after work|after my work|after hours|nach der arbeit|nach feierabend|après le travail|après le boulot|después del trabajo|despues del trabajo|después de trabajar|tras el trabajo|dopo il lavoro|dopo lavoro
        depois do trabalho|após o trabalho|na het werk|na werk|efter jobbet|efter arbetet|после работы""",
}
_EVERY_DAY_PARTS = frozenset(
    words("""mornings afternoons evenings nights vormittags nachmittags abends morgens nachts mañanas tardes noches soirs manhãs noites ochtends avonds
    avonden kvällar overnight daytime tagsüber overdag dagtid""")
) | {"during the day", "по утрам", "по вечерам", "por las mañanas", "por las tardes", "por las noches", "'s avonds", "'s ochtends"}  # fmt: skip
_WEEKENDS = """weekend|the weekend|on the weekend|at the weekend|this weekend|over the weekend|during the weekend|week - end|wochenende|am wochenende|le week - end|ce week - end|fin de semana|el fin de semana|fine settimana|nel fine settimana|fim de semana|no fim de semana
    weekeinde|in het weekend|helgen|i helgen|på helgen|helg|выходные|в выходные|на выходных|weekends"""
_WHOLE_WEEKENDS = """all weekend|the whole weekend|whole weekend|the entire weekend|entire weekend|all weekend long|all the weekend|das ganze wochenende|ganzes wochenende|ganze wochenende|tout le week - end|tout le weekend|todo el fin de semana|tutto il weekend|tutto il fine settimana
    todo o fim de semana|o fim de semana todo|o fim de semana inteiro|het hele weekend|hele weekend|hela helgen|все выходные|w/e all|full weekend|the full weekend"""
_NUMBERED = {
    2: "both days|both of the days|the two days|beide tage|beiden tage|an beiden tagen|les deux jours|deux jours|ambos días|los dos días|entrambi i giorni|ambos os dias|beide dagen|båda dagarna|оба дня",
    3: "all three days|all 3 days|the three days|three days|all three|alle drei tage|an allen drei tagen|les trois jours|los tres días|tutti e tre i giorni|os três dias|alle drie dagen|alle drie de dagen|alla tre dagar|alla tre dagarna|все три дня",
    4: "all four days|all 4 days|alle vier tage|les quatre jours|los cuatro días",
    5: "all five days|all 5 days",
}

_MONTHS_EN = words("jan feb mar apr may jun jul aug sep oct nov dec")
MONTHS = {
    **MONTH_WORDS,
    **{name: number for number, name in enumerate(_MONTHS_EN, 1)},
    **{
        name: number
        for number, name in enumerate(
            words("january february march april may june july august september october november december"), 1
        )
    },
    "sept": 9,
}

_WEEKDAYS_EN = words("monday tuesday wednesday thursday friday saturday sunday")
_MORE_WEEKDAYS = """
poniedziałku wtorku środę czwartku piątku sobotę niedzielę
mondays tuesdays wednesdays thursdays fridays saturdays sundays
montags dienstags mittwochs donnerstags freitags samstags sonntags
lundis mardis mercredis jeudis vendredis samedis dimanches
lunes martes miercoles jueves viernes sabado domingos
lunedi martedi mercoledi giovedi venerdi sábados domingos
segunda terça quarta quinta sexta sábado domingo
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sabados domingos
понедельника вторника среды четверга пятницы субботы воскресенья
понедельник вторник среду четверг пятницу субботу воскресенье
понедельникам вторникам средам четвергам пятницам субботам воскресеньям
mon tue wed thu fri sat sun
mon tues wed thur fri sat sun
mon tues wed thurs fri sat sun
modnay tuseday wendesday thrusday firday saterday sundy
moday tuesdy wednsday thurday fryday satuday sunay
mondy teusday wensday thursdy fridy saturdy sunady
monady tusday wednesdy thirsday friay saturay suday
måndagar tisdagar onsdagar torsdagar fredagar lördagar söndagar
måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen
mandagen tisdagen onsdagen torsdagen fredagen sonnabend søndagen
"""
WEEKDAYS = {
    **WEEKDAY_WORDS,
    **{word: number % 7 for number, word in enumerate(_MORE_WEEKDAYS.split())},
    **{word: number for number, word in enumerate(_WEEKDAYS_EN)},
}
# Short names that may be something else: they count beside a time or another day.
SHORT_WEEKDAYS = {
    word: number % 7
    for number, word in enumerate(
        words("""mo di mi do fr sa so lun mar mer jeu ven sam dim lun mar mié jue vie sáb dom lun mar mer gio ven sab dom
        seg ter qua qui sex sáb dom ma di wo do vr za zo mån tis ons tors fre lör sön пн вт ср чт пт сб вс""")
    )
}
# Of these a sibling, a full stop or a word of the language must stand by: `So 10-12`, `Sam 10-12`.
NAMELIKE = frozenset(words("so sam dom mar do di mer sex za zo ma mo"))
TYPICAL = frozenset(words("uhr sa fr sam. dim. ven samedi dimanche sábado sabado zaterdag zondag vr sab sáb ven freitag samstag sonntag h mesz"))  # fmt: skip


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


def _phrases() -> dict[str, list[tuple[tuple[str, ...], Say, object]]]:
    found: dict[tuple[str, ...], tuple[Say, object]] = {}

    def take(text: str, say: Say, value: object = None) -> None:
        for phrase in text.replace("\n", "|").split("|"):
            if words := _split(phrase):
                found.setdefault(words, (say, value))

    take(_WHOLE_WEEKENDS, Say.WEEKEND, True)
    take(_WEEKENDS, Say.WEEKEND, False)
    for number, text in _NUMBERED.items():
        take(text, Say.EVERY, number)
    for say in (Say.OPEN, Say.ANY, Say.ALL, Say.BREAK, Say.EXCEPT, Say.EVERY):
        take(_PHRASES[say], say)
    for name, text in _PARTS.items():
        for phrase in text.replace("\n", "|").split("|"):
            take(phrase, Say.PART, (name, phrase.strip() in _EVERY_DAY_PARTS))
    for say, text in _PHRASES.items():
        take(text, say)
    take(_MEANS_NOTHING, Say.FILL)
    take("|".join(_FILL.split()), Say.FILL)
    out: dict[str, list[tuple[tuple[str, ...], Say, object]]] = {}
    for words, (say, value) in found.items():
        out.setdefault(words[0], []).append((words[1:], say, value))
    for ways in out.values():
        ways.sort(key=lambda way: -len(way[0]))
    return out


# first word: (the words after it, what the phrase says, its value), the longest first
PHRASES = _phrases()
PART_WORDS = {
    words[0] for words in (phrase.split() for text in _PARTS.values() for phrase in text.replace("\n", "|").split("|")) if len(words) == 1
}  # fmt: skip
PORTUGUESE = frozenset(words("das às até fim manhã disponível posso estarei também não h noite"))

# What a part of the day may mean, in hours; the first is the most usual. None: the event must say it.
READINGS = {
    "morning": ((8, 12), (9, 12), (6, 12)),
    "afternoon": ((12, 18), (13, 17), (14, 18)),
    "evening": ((18, 22), (18, 24), (17, 21)),
    "night": ((22, 30), (20, 24), (24, 30)),
    "lunchtime": ((12, 14), (12, 13), (11, 14)),
    "daytime": ((9, 18), (8, 20), (10, 17)),
    "after work": ((18, 22), (17, 22), (18, 24)),
}
# Between which hours a time lies that stands with a part of the day: `2-5 in the afternoon`.
BOUNDS = {"morning": (4, 13), "afternoon": (12, 19), "evening": (16, 26), "lunchtime": (11, 15), "daytime": (6, 21)}  # fmt: skip
# "Berlin time": the clocks of a place
PLACES = {
    **dict.fromkeys(words("berlin german germany munich hamburg frankfurt vienna austrian zurich swiss"), "Europe/Berlin"),
    **dict.fromkeys(words("paris french france"), "Europe/Paris"),
    **dict.fromkeys(words("london uk british"), "Europe/London"),
    **dict.fromkeys(words("madrid"), "Europe/Madrid"),
    **dict.fromkeys(words("rome italian"), "Europe/Rome"),
    **dict.fromkeys(words("amsterdam dutch"), "Europe/Amsterdam"),
    **dict.fromkeys(words("stockholm swedish"), "Europe/Stockholm"),
    **dict.fromkeys(words("moscow"), "Europe/Moscow"),
    **dict.fromkeys(words("delhi mumbai kolkata indian india"), "Asia/Kolkata"),
    **dict.fromkeys(words("tokyo japan japanese"), "Asia/Tokyo"),
    **dict.fromkeys(words("helsinki finnish"), "Europe/Helsinki"),
    **dict.fromkeys(words("athens greek"), "Europe/Athens"),
    **dict.fromkeys(words("istanbul turkish"), "Europe/Istanbul"),
    **dict.fromkeys(words("warsaw polish"), "Europe/Warsaw"),
    **dict.fromkeys(words("prague czech"), "Europe/Prague"),
    **dict.fromkeys(words("nairobi kenyan"), "Africa/Nairobi"),
    **dict.fromkeys(words("lagos nigerian"), "Africa/Lagos"),
}  # fmt: skip
