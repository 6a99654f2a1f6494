"""The words by which people speak of their hours, and those that leave them open."""

import re

# A quick look: without one of these a text says nothing of hours.
READ = re.compile(
    r"[0-9]|(?i:day|mon|tue|wed|thu|fri|sat|sun|weekend|morning|noon|evening|night|time|always|daily|whenever|hours?|work|lunch"
    r"|dinner|breakfast|24/7|later|early|event|hackathon|clock)"
)
BOTH_HALVES = re.compile(
    r"(?<![^\W\d_])(?:a\.?m\.?\s?/\s?p\.?m|p\.?m\.?\s?/\s?a\.?m)\b\.?", re.IGNORECASE
)  # 10:30 am/pm
# Parts of a day name no hours: they are asked about.
PARTS_OF_A_DAY = frozenset(
    {
        *(
            "morning",
            "mornings",
            "afternoon",
            "afternoons",
            "evening",
            "evenings",
            "night",
            "nights",
            "lunchtime",
        ),
        *("daytime", "dawn", "dusk", "overnight"),
    }
)
# Words that by themselves speak of when somebody is there, without saying it.
HOURS_WORDS = frozenset(
    {
        "whenever",
        "weekdays",
        "sometime",
        "sometimes",
        "occasionally",
        "anytime",
        "hours",
        "weekend",
        "weekends",
    }
)
# Hours that hang on somebody's day, or on clocks that the text does not name.
OPEN_HOURS = re.compile(
    r"(?<!\w)(?:(?:after|before|during|outside|around|between)(?: my| the| office)? (?:work|working|office|school|lunch|dinner"
    r"|breakfast|class(?:es)?|keynote|hours)|(?:my|local|home|your|their) (?:local )?time)(?!\w)"
    # "Berlin time": whose clocks these are is not for us to find out; "UTC time" and "Any time" are no such places
    r"|(?<!\w)(?-i:(?!UTC|GMT|Any|All|Some|Full|Part)[A-Z][\w.-]{2,30})(?: (?:standard|daylight|summer))? time(?!\w)",
    re.IGNORECASE,
)
# Words that make hours a maybe wherever they stand.
UNSURE = frozenset(
    {
        *(
            "maybe",
            "perhaps",
            "probably",
            "possibly",
            "hopefully",
            "tentative",
            "tentatively",
            "unsure",
            "tbc",
            "depends",
        ),
        *("longer", "shorter", "earlier", "might"),
    }
)
# Words that, in the sentence that gives hours, make them a maybe, a not, or one of several.
CONDITIONS = frozenset(
    {
        *(
            "maybe",
            "perhaps",
            "probably",
            "possibly",
            "might",
            "may",
            "could",
            "hopefully",
            "tentative",
            "tentatively",
        ),
        *(
            "likely",
            "unsure",
            "not",
            "no",
            "never",
            "cannot",
            "cant",
            "wont",
            "dont",
            "except",
            "excluding",
            "but",
        ),
        *(
            "without",
            "unless",
            "if",
            "depends",
            "depending",
            "either",
            "or",
            "instead",
            "otherwise",
            "onwards",
            "onward",
        ),
        *(
            "longer",
            "later",
            "earlier",
            "early",
            "late",
            "sometime",
            "sometimes",
            "occasionally",
            "mostly",
            "most",
        ),
        *(
            "some",
            "usually",
            "often",
            "partly",
            "half",
            "part",
            "parts",
            "whenever",
            "minus",
            "break",
            "breaks",
            "tbc",
        ),
        *(
            "tbd",
            "try",
            "approx",
            "busy",
            "away",
            "offline",
            "unavailable",
            "asleep",
            "sleep",
            "sleeping",
            "least",
        ),
        *(
            "weekdays",
            "off",
            "best",
            "preferably",
            "prefer",
            "ideally",
            "alternately",
            "alternating",
            *("nicht", "kein", "keine", "außer", "ausser", "vielleicht", "eventuell", "evtl", "ohne", "oder"),
            *("pas", "sauf", "ne", "jamais", "salvo", "excepto", "quizá", "quizás", "forse", "tranne", "não"),
            *("was", "were", "last"),
            *("niet", "behalve", "misschien", "inte", "ikke", "кроме", "не", "возможно", "nie", "oprócz"),
            "thereabouts",
            "within",
            "during",
        ),
    }
)
