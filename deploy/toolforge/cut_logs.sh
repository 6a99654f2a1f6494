#!/bin/sh
# Keeps the last lines of the jobs' logs in the tool's home: cut_logs.sh JOB ...
# The files stay the same files, because a running job goes on appending to them.
set -eu

lines=5000
for job; do
	for log in "$HOME/$job.out" "$HOME/$job.err"; do
		[ -f "$log" ] || continue
		kept=$(mktemp)
		tail -n "$lines" "$log" >"$kept"
		cat "$kept" >"$log"
		rm "$kept"
	done
done
