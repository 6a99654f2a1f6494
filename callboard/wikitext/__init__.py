"""Text surgery on wikitext: spans, edits, tables, lists, links, marks; knows nothing of events."""
