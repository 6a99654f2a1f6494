"""Translated pages, which the Translate extension writes anew from their source: no edit there lasts."""

import re

# ISO 639-1, and further codes of wikis whose language has none or that write one language in several ways.
_CODES = frozenset(
    {
        "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh", "bi", "bm",
        "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee",
        "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu",
        "gv", "ha", "he", "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is",
        "it", "iu", "ja", "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw",
        "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms",
        "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os",
        "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "sh", "si",
        "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk",
        "tl", "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh",
        "yi", "yo", "za", "zh", "zu", "als", "arz", "ast", "azb", "ban", "bar", "bcl", "bjn", "bpy", "ceb", "ckb",
        "diq", "dsb", "fur", "gsw", "hak", "haw", "hsb", "ilo", "kab", "krc", "ksh", "lmo", "lzh", "mai", "min",
        "mni", "mwl", "mzn", "nan", "nap", "nds", "new", "nqo", "olo", "pam", "pms", "pnb", "rue", "sah", "sat",
        "scn", "sco", "shn", "skr", "smn", "szl", "tay", "tcy", "tly", "vec", "vep", "wuu", "xmf", "yue", "zgh",
    }
)  # fmt: skip
_SUBPAGE = re.compile(r"(?P<source>.+)/(?P<code>[a-z]{2,3})(?:-[a-z0-9]{2,8})*")
_SOURCE_TAG = re.compile(r"<translate\b", re.IGNORECASE)


def source_of(title: str, text: str) -> str:
    """The page of which this one is a translation: `Event/Schedule` for `Event/Schedule/de`; empty if it is none.

    A page with `<translate>` in it is a source itself, whatever its title.
    """
    found = _SUBPAGE.fullmatch(title)
    if not found or found["code"] not in _CODES or _SOURCE_TAG.search(text):
        return ""
    return found["source"]
