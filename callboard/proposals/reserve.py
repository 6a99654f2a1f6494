"""Words that take the force out of a yes: negations, conditions, plans, jokes, retractions, other tasks; in many languages.

The team's own wording may be in any language, so each of these counts beside any wording: in doubt it is no yes.
"""

import re

_ANY = re.IGNORECASE

# "no problem", "without objections": no negations of the yes
IDIOM = re.compile(
    r"\b(?:no|not an?|not any|without(?: any)?) (?:problems?|objections?|worries|issues?|concerns?|doubts?)\b"
    r"|\bnot only\b|\bpas de probl[eè]me\b|\bkein(?:e|en)? (?:problem|einw[aä]nde)\b|\bsin problemas?\b|\bsem problemas?\b"
    r"|\bno problemo\b|\bняма проблем\w*|\bбез проблем\b",
    _ANY,
)
NEGATION = re.compile(
    r"\b(?:not|never|no|nor|neither|none|nobody|nothing|cannot|can ?not|cant|dont|wont|isnt|arent|wasnt|without|hardly|un|\w+n't"
    # German, Dutch, Scandinavian, Finnish
    r"|nicht|kein|keine[rsmn]?|nie|niemals|noch nicht|leider|niet|geen|nog niet|inte|ej|ikke|ikkje|ei|eiv[aä]t|eik[aä]"
    # Romance
    r"|nunca|jam[aá]s|todav[ií]a|a[uú]n|tampoco|sin|n[aã]o|nem|ainda|pas|jamais|aucun|sans|non|mai|nessun\w*|ancora|nu|nici"
    # Slavic, Hungarian, Turkish, Vietnamese, Indonesian
    r"|не|нет|нет|ещё|еще|ще|нельзя|nie|jeszcze|ne|není|nen[ií]|nebyl[aoy]?|nem|de[gğ]il|kh[oô]ng|ch[uư]a|tidak|belum|bukan"
    # Arabic, Hebrew, Persian, Hindi
    r"|لم|لا|ليس|ليست|لن|غير|לא|אין|נא|نه|نشده|नहीं|मत)\b",
    _ANY,
)
# The same behind the wording: "acknowledged: no", "承認しません", "kabul değil"
DENIED = re.compile(
    r"\s*[:=|(–—-]{0,3}\s*(?:no|not|never|nope|pending|false|non|nein|nicht|nee|niet|não|нет|nie|不|❌|🚫|👎|⛔|✖|✗|✘)"
    r"(?!\w)(?!\s+(?:problem|objection|worr|issue|concern|doubt|only|need|further|changes|rush|hurry))"
    r"|\s+(?:de[gğ]il|nahi|नहीं)\b|\s*(?:さ?れ|し)?(?:て(?:い)?)?(?:ない|なかった|ません|できない|できません)"
    r"|\s*(?:就|才|要|得)?(?:不|沒|没)"
)
BEFORE_CJK = re.compile(r"(?:未|不|没有?|沒有?|非|尚未|还没有?|還沒有?|안|못|無)\s*$")
REFUSED = re.compile(r"[❌🚫👎⛔✖✗✘]|\b(?:declined|rejected|refused|as (?:an? )?duplicate)\b", _ANY)
# Not a statement that it is so: conditions, plans, wishes, guesses.
HYPOTHETIC = re.compile(
    r"\b(?:if|unless|until|till|once|when|whenever|whether|before|after|will|would|shall|should|could|can|may|might|must"
    r"|needs?|want|wants|wait(?:ing|s)?|awaiting|pending|to be|get|gets|getting|almost|nearly|soon|being|yet to|(?:i|we|you)'d"
    r"|\w+'ll|gonna|going to|about to|plan(?:s|ned|ning)? to|hop(?:e|es|ing)|hopefully|wish|maybe|perhaps|possibly|probably"
    r"|presumably|likely|let's|supposed|ought|half|partly|partially|in principle|provisional\w*|tentative\w*|conditional\w*"
    r"|preliminar\w*|informally|had(?! to (?:say|tell))|assuming|as soon as|in case|so that|how to|instead of|rather than"
    r"|wenn|falls|sobald|sofern|ob|vorausgesetzt|wird|werden|würde|muss|müsste|soll|sollte|könnte|bald|fast|bevor"
    r"|si|cuando|siempre que|una vez|hasta|ser[aá]|debe|puede|podr[ií]a|antes de|pronto|casi"
    r"|quand|lorsque|d[eè]s que|sera|serait|doit|devrait|peut|pourrait|avant|bient[oô]t|quando|purch[eé]|verrebbe|deve|potrebbe"
    r"|если|когда|будет|будут|должн\w*|может|якщо|коли|je[sś]li|gdy|kiedy|zostanie|b[eę]dzie|mo[zż]e|indien|zodra|wanneer|wordt"
    r"|n[aä]r|kommer att|hvis|jos|kun|if)\b|إذا|عندما|سوف|אם|כאשר|यदि|अगर|如果|若|一旦|将|將|もし|場合|たら",
    _ANY,
)
GUESS = re.compile(
    r"\b(?:i|we|they)\s+(?:think|thought|guess|suppose|believed?|assumed?|heard|wonder(?:ed)?|doubt|refuse|(?:was|were) told)\b",
    _ANY,
)
# The same behind it: "acknowledged only if you shorten it", "sous réserve de …".
CONDITION = re.compile(
    r"\b(?:if|unless|until|till|once|when|as soon as|provided|providing|on (?:the |one |two |a )?conditions?|under (?:the )?conditions?"
    r"|as long as|so long as|assuming|subject to|depend(?:s|ing|ent)|contingent|conditional\w*|provisional\w*|tentative\w*"
    r"|in principle|preliminar\w*|partly|partially|pending|awaiting|(?:i|we) (?:think|guess|suppose|believe)|after you|in case|except|only with|only after"
    r"|for now|for the moment"
    r"|wenn|falls|sobald|sofern|vorausgesetzt|unter (?:der )?(?:bedingung|vorbehalt)|vorbehaltlich|si|cuando|siempre que|a condici[oó]n"
    r"|una vez que|con tal|quand|lorsque|d[eè]s que|[aà] condition|sous r[eé]serve|pourvu|se|caso|desde que|quando|purch[eé]"
    r"|a condizione|a patto|если|при услови\w*|когда|после того|якщо|за умови|je[sś]li|pod warunkiem|gdy|mits|indien|zodra|tenzij"
    r"|om|ifall|under f[oö]ruts[aä]ttning|hvis|s[aå]fremt|jos|e[gğ]er)\b|إذا|بشرط|אם|בתנאי|यदि|अगर|बशर्ते|如果|若|前提|条件|條件|もし",
    _ANY,
)
# What follows one of these is an invitation and its condition: "acknowledged, let us know if you need anything".
INVITES = re.compile(
    r"\b(?:please|feel free|you (?:can|may|could)|let (?:me|us)|ping|ask|tell|add|choose|pick|reach|contact|happy to|see you"
    r"|make sure|don't hesitate|do not hesitate|thanks|thank you|bitte|gerne|danke|por favor|puede[sn]?|gracias|merci|s'il"
    r"|vous pouvez|n'h[eé]sitez|grazie|obrigad[oa]|пожалуйста|спасибо|prosz[eę]|dzi[eę]ki|dank|tack)\b",
    _ANY,
)
# A sentence of its own that limits the one before: "Only if you shorten it."
LIMITS = re.compile(
    r"^\W*(?:but |and |well,? )?(?:or (?:is|was|has|maybe|not)\b|only (?:if|when|once|after|with)|provided|on (?:the |one |a )?condition|as long as|unless"
    r"|assuming|subject to|pending|conditions?:|under the condition|nur wenn|vorausgesetzt|solo si|seulement si|только если)",
    _ANY,
)
JOKE = re.compile(
    r"\b(?:kidding|joking|jok(?:e|es|ed)|jk|j/k|april fools?|sarcasm|sarcastic\w*|not really|haha not|psych|pun intended"
    r"|lol|(?:just|only) (?:a )?test(?:ing)?|scherz|spa[sß]|broma|blague|rigole|scherzo|шутка|шучу|[zż]art\w*|brincadeira|grapje|sk[aä]mt)\b|(?<!\w)/s(?!\w)|^\W*test(?:ing)?\s*:|\(test(?:ing)?\)|🙃|冗談|开玩笑",
    _ANY,
)
NOT_AT_ALL = re.compile(r"^\W*(?:not?|nope|nein|non|нет)(?: really| yet| at all)?\W*$", _ANY)
RETRACTS = re.compile(
    r"\b(?:by mistake|mistaken\w*|my mistake|in error|erroneous\w*|by accident|accidental\w*|premature\w*|too early|too soon"
    r"|wait,? (?:no|sorry)|actually,? no|i meant|ignore|disregard|scratch that|strike that|never ?mind|oops|whoops|wrong (?:task|one|session|ticket|proposal|tab|window)"
    r"|versehentlich|irrt[uü]mlich\w*|por error|par erreur|per errore|по ошибке|przez pomy[lł]k[eę]|por engano|per ongeluk)\b",
    _ANY,
)
# "We had acknowledged this before, but it is off now"
IS_OVER = re.compile(
    r"\b(?:but|now|however|though|since)\b.*\b(?:off|void|gone|cancel\w*|withdr\w+|not any ?more|no longer|not anymore|over"
    r"|reconsider\w*|changed our minds?|not valid|invalid)\b",
    _ANY,
)
IGNORES = re.compile(
    r"^\W*(?:sorry,? |oops,? |please,? |edit:? )*(?:(?:please )?(?:ignore|disregard|scratch|strike) (?:that|this|it|the above|the last one"
    r"|my (?:last |previous |above )?(?:comment|message|post|reply))|wrong (?:task|session|ticket|proposal|tab|window))\b",
    _ANY,
)
TAKE_BACK = re.compile(
    r"\b(?:withdr[ae]w\w*|revok\w+|retract\w*|rescind\w*|cancel\w*(?!\s+(?:slots?|sessions?|talks?|ones?)\b)|undo|undone|tak(?:e|en|ing) back"
    r"|zur[uü]ck(?:gezogen|ziehen|genommen|nehmen)|widerruf\w*|aufgehoben|retirad[oa]s?|anulad[oa]s?|revocad[oa]s?|cancelad[oa]s?"
    r"|retir[eé]e?s?|annul[eé]e?s?|r[eé]voqu[eé]e?s?|ritirat[oa]|annullat[oa]|revocat[oa]|отозван\w*|отменен\w*|отменён\w*|wycofan\w*"
    r"|cofni[eę]t\w*|ingetrokken|[aå]terkallad\w*|återtagen)\b|撤回|取り消|撤销|撤銷",
    _ANY,
)
BACKWARDS = re.compile(r"\bun-?acknowledged\b|\bun-?approved\b|\bdis-?approved\b", _ANY)
# Said of others: "sessions that are not acknowledged", "your other session is acknowledged"
OTHERS = re.compile(
    r"\b(?:sessions|proposals|tasks|talks|workshops|those|that are|which|others?|another|anything|everything|(?:first|second|previous|last)"
    r" (?:session|one|proposal|task|talk))\b",
    _ANY,
)
TASK = re.compile(r"\bt\d+\b", _ANY)
THIS = re.compile(r"\b(?:this|yours?|it|here)\b", _ANY)
ASKS = re.compile(
    r"^\W*(?:(?:hi|hello|hey)\b[^,]{0,40},\s*)?(?:who|whose|whether|why|how|when|where|what|which"
    r"|(?:is|was|has|are|have|did|does) (?:this|it|that|the|your|my|any\w*|some\w*))\b",
    _ANY,
)
# The wording as a word, not as a statement: "please write acknowledged", "the acknowledged sessions", "acknowledged sessions"
MENTIONS = re.compile(
    r"(?:\b(?:say|says|said|write|writes|wrote|reply|replies|comment|type|word|words|term|phrase|wording|keyword|tag|the|an?|all)"
    r"|[\"“”„«‚‘])\s*[:=]?\s*$",
    _ANY,
)
IS_A_WORD = re.compile(
    r"\s*[\"“”»’]|\s+(?:(?:the )?receipt|that|budget|funding|people|speakers|too (?:late|many)|sessions|ones|tasks|proposals|list|talks|workshops|column|board|by (?:nobody|no one|noone|none))\b"
    r"|\s+by\s*[:_.…]*\s*$|\s*[|:]?\s*(?:yes\s*/\s*no\b|\[ ?\])"
    r"|\s+(?:only )?(?:\d{1,3}|one|two|three|a few|many|several|some|most)\s+(?:\w+\s+)?(?:sessions|proposals|tasks|talks|workshops|of)\b|\s+(?:your|the|his|her|their)\s+(?:e-?mail|message|question|comment|concern|issue|problem|mistake|point|note)s?\b",
    _ANY,
)
THERE = re.compile(
    r"\s*:?\s*(?:only\s+)?(?:(?:in|on|at|under|for|via)\s+)?(?:(?:the )?(?:task|session|proposal|ticket)\s+)?[{(]?(t\d+)\b"
    r"|\s*:?\s*(?:(?:in|on|at|under|for|via)\s+)?(?:your|the|my|his|her|their|our)?\s*(?:other|another|previous|first|second|last)\b",
    _ANY,
)
# "1 of 3 approved", "one coordinator approved"
PARTLY = re.compile(
    r"(?:\b\d+\s*(?:/|of|out of)\s*\d+(?: of)?(?: the)?(?: \w+)?"
    r"|^\W*(?:one|two|three|half|\d+)(?: (?:of us|coordinators?|members?|persons?|people|votes?))?)\s*$",
    _ANY,
)
# What was so and is no more, and what is no session: "previously approved", "your scholarship was approved"
OF_OLD = re.compile(r"\b(?:previously|formerly|originally)(?: been)?\s*$|\bwas:\s*$", _ANY)
OTHER_THINGS = re.compile(
    r"\b(?:scholarship|travel|budget|grant|visa|reimbursement|expense|funding|e-?mail|message|question|comment|concern|issue"
    r"|problem|bug|mistake|point|feedback|patch|registration)s?(?: (?:is|are|was|were|has been|have been|hereby|now|also))*\s*$",
    _ANY,
)
# A sentence that says that nothing is decided, or that the answer is no.
UNDECIDED = re.compile(
    r"\b(?:we|they|team|coordinators?|organi[sz]ers?|committee|somebody|someone|others)(?:'ll| (?:\w+ ){0,2}?"
    r"(?:will|must|has to|have to|needs? to|still))\b.{0,40}?\b(?:decide|review|evaluate|vote|agree)\b|(?<!you )\bmust agree\b"
    r"|\bwait(?:ing)? for (?!you)|\bwe (?:still )?need (?:another|one more|a second)\b|\bdecided against\b"
    r"|\b(?:we|i|must|have to|had to|need to|to) (?:decline|reject|refuse)\b"
    r"|\b(?:we|i) (?:can't|cannot|can not|won't|will not|couldn't|could not) (?:(?:take|accept|host|include) (?:it|this|your|the|any)"
    r"|(?:give|offer|find) (?:(?:you|it) )?(?:an?|any) (?:slot|room|place|time))\b",
    _ANY,
)
