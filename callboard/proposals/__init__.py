"""Tasks to proposals: fields, acknowledgement, matching to rows."""
