#!/bin/sh
# Prints the file that run_event touches after each tick of an event: heartbeat_file.sh NAME
set -eu

name=${1##*/}
slug=$(printf %s "${name%.toml}" | sed -E 's/[^A-Za-z0-9-]+/-/g; s/^-+//; s/-+$//')
printf '%s\n' "$(cd "$(dirname "$0")/../.." && pwd)/var/heartbeat-${slug:-event}"
