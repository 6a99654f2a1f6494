# Sets up .venv for ./run, which sources this file: once, said aloud, and quick to pass when it is done.
# shellcheck shell=bash

# MWparserfromhell has no wheels beyond 3.13.
supported='3.11 3.12 3.13'

say() { printf 'set-up: %s\n' "$*" >&2; }

refuse() {
	printf './run: %s\n' "$*" >&2
	exit 2
}

# The packages that a run needs, in .venv.
ensure_packages() { ensure run requirements.txt; }

# Those, and what tests and checks need.
ensure_dev_packages() { ensure dev requirements.txt requirements-dev.txt; }

# Those, and the fuzzer.
ensure_fuzz_packages() {
	ensure_dev_packages
	ensure fuzz requirements.txt requirements-fuzz.txt
}

# ensure KIND FILES: nothing to do if the stamp of .venv names these very files (dev includes run).
ensure() {
	local kind=$1 wanted=()
	shift
	wanted=("${@/#/$here/}")
	[[ -z ${CALLBOARD_PYTHON:-} ]] || check_python "$CALLBOARD_PYTHON"
	if ! done_already "$kind" "${wanted[@]}"; then
		mkdir -p "$here/var"
		exec {lock}>"$here/var/setup.lock"
		! command -v flock >/dev/null || flock "$lock"
		done_already "$kind" "${wanted[@]}" || install_packages "$kind" "${wanted[@]}"
		exec {lock}>&-
	fi
}

stamp() { cat "$@" | sha256sum; }

done_already() {
	local kind=$1 file=$here/.venv/callboard-$1
	shift
	[[ -x $here/.venv/bin/python && -r $file && $(<"$file") == "$(stamp "$@")" ]] || return 1
	[[ -z ${CALLBOARD_PYTHON:-} || $(version "$here/.venv/bin/python") == "$(version "$CALLBOARD_PYTHON")" ]]
}

install_packages() {
	local kind=$1 python last
	shift
	ensure_venv
	python=$here/.venv/bin/python
	case $kind in
	run) say "Python packages that a run needs (requirements.txt, exact versions) into .venv" ;;
	dev) say "Python packages for tests and checks (requirements-dev.txt, exact versions) into .venv" ;;
	fuzz) say "Python package of the fuzzer (requirements-fuzz.txt, exact version) into .venv" ;;
	esac
	last=${!#}
	"$python" -m pip install --quiet --no-input --disable-pip-version-check --no-deps -r "$last" >&2 ||
		refuse "pip could not install the packages of $last; its own words stand above."
	[[ $kind == run ]] || stamp "$here/requirements.txt" >"$here/.venv/callboard-run"
	stamp "$@" >"$here/.venv/callboard-$kind"
}

# A .venv that works and belongs to this folder and this Python; a broken or moved one is made anew.
ensure_venv() {
	local python=$here/.venv/bin/python
	if [[ -x $python ]] && "$python" -m pip --version >/dev/null 2>&1; then
		if [[ -z ${CALLBOARD_PYTHON:-} || $(version "$python") == "$(version "$CALLBOARD_PYTHON")" ]]; then
			[[ " $supported " != *" $(version "$python") "* ]] || return 0
		fi
	fi
	find_python
	"$found" -c 'import ensurepip, venv' 2>/dev/null || install_venv_module
	say ".venv with Python $(version "$found") ($found)"
	"$found" -m venv --clear "$here/.venv" >&2 || refuse "$found could not make $here/.venv; its own words stand above."
}

version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none; }

check_python() {
	local told
	told=$(version "$1")
	[[ " $supported " == *" $told "* ]] || {
		[[ $told != none ]] || refuse "CALLBOARD_PYTHON=$1 does not start. Callboard needs Python 3.11, 3.12 or 3.13."
		refuse "CALLBOARD_PYTHON=$1 is Python $told. Callboard needs Python 3.11, 3.12 or 3.13."
	}
}

# Sets `found` to the newest Python that Callboard supports.
find_python() {
	local candidate seen=()
	found=${CALLBOARD_PYTHON:-}
	[[ -z $found ]] || return 0
	for candidate in python3.13 python3.12 python3.11 python3; do
		command -v "$candidate" >/dev/null || continue
		found=$(command -v "$candidate")
		[[ " $supported " != *" $(version "$found") "* ]] || return 0
		seen+=("$found is $(version "$found")")
	done
	local told="there is no python3 here"
	((${#seen[@]} == 0)) || told=$(printf '%s, ' "${seen[@]}")
	refuse "Callboard needs Python 3.11, 3.12 or 3.13; ${told%, }. Install one of them, or name one: CALLBOARD_PYTHON=/path/to/python3.12 ./run …"
}

# Debian keeps venv and pip apart from Python.
install_venv_module() {
	local root=()
	if ((EUID != 0)); then
		root=(sudo)
		[[ -t 0 ]] || root=(sudo -n)
	fi
	if ! command -v apt-get >/dev/null; then
		by_hand "$found has no venv module, and this system has no apt"
	elif ((EUID != 0)) && ! command -v sudo >/dev/null; then
		by_hand "$found has no venv module, you are not root and there is no sudo"
	fi
	say "package python3-venv with apt: makes .venv and brings pip"
	{
		"${root[@]}" apt-get update -qq &&
			"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3-venv
	} >"$here/var/setup.log" 2>&1 || {
		tail -n 5 "$here/var/setup.log" >&2
		by_hand "apt could not install python3-venv"
	}
	"$found" -c 'import ensurepip, venv' 2>/dev/null || by_hand "$found still has no venv module"
}

by_hand() {
	PYTHONPATH=$here "$found" -m dev.wiki_install "$1" >&2
	exit 2
}
