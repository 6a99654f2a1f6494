#!/bin/sh
# Starts a script of Callboard as a job: start.sh SCRIPT -event:NAME [options]
# The process of the script takes this one's place, so that SIGTERM reaches it.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)

# A new run_event gets time for its first tick: a heartbeat left by the last one would look like a process that hangs.
if [ "${1-}" = run_event ]; then
	for word; do
		case $word in
		-event:* | --event:* | --event=*)
			mkdir -p "$here/var"
			touch "$("$here/deploy/toolforge/heartbeat_file.sh" "${word#*[:=]}")"
			;;
		esac
	done
fi
exec "$here/run" "$@"
