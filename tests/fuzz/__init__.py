"""Coverage-guided inputs: what must hold for every text (targets), how bytes become wikitext (spelling), the fuzzer."""
