#!/bin/sh
# Whether run_event is alive: 0 if its heartbeat is fresh, else 1. health_check.sh NAME [MINUTES]
# Toolforge asks every ten seconds, so this starts no Python. MINUTES (default: 60) must be well above the time between
# two ticks: a tick that fails because the wiki is away leaves no heartbeat either.
set -eu

file=$("$(dirname "$0")/heartbeat_file.sh" "$1")
if [ -n "$(find "$file" -mmin "-${2:-60}" 2>/dev/null)" ]; then
	exit 0
fi
echo "no heartbeat of $1 within ${2:-60} minutes: $file" >&2
exit 1
