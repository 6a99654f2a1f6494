"""Wikitext to model: one file per layout or page kind."""
