"""Stand-ins for Callboard's ports; each passes the same contract tests as the real part."""
