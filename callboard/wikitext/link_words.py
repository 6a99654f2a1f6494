"""Labels of links that only say what is behind them: `slides`, `see in your time zone`, `join the call`."""

import re

LINK_WORDS = re.compile(
    r"\W*(?:(?:the|live|full|session|video|join|see|your|own|here|link|to|call|us|it|in|this|watch|open|meeting|room|local|check|"
    r"time|zone|add|yours|on|of|both|and)\s+)*"
    r"(?:slides?|slidedeck|presentation|notes?|pad|etherpad|recordings?|replays?|videos?|stream|livestream|youtube|commons|jitsi|"
    r"zoom|meet|bbb|call|join|link|docs?|documentation|details|abstract|info|more|here|task|phabricator|zone|time|zonestamp|"
    r"sign\s*up|register|talk|discussion|contribs?|chat|telegram|page|pdf|handout|transcript|ics|calendar|\d+)\W*",
    re.IGNORECASE,
)
