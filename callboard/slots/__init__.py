"""Where there is room: when rooms are open, the gaps between sessions, and which of them fit a proposal. No I/O."""
