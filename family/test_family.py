"""test.wikipedia.org as a family of its own.

pywikibot counts it among the Wikipedias; chosen like that, every Wikipedia could be reached, and the wiki
would be the one that pywikibot falls back to when it found no settings.
"""

from pywikibot import family


class Family(family.SingleSiteFamily, family.WikimediaFamily):
    """One wiki, on Wikimedia's servers."""

    name = "test"
    code = "test"
    domain = "test.wikipedia.org"
