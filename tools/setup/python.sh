# shellcheck shell=bash
# A private Python environment with pinned versions.

find_python() {
    local python
    for python in python3.11 python3.12 python3.10 python3; do
        "$python" -c 'import ensurepip, sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 13))' \
            2>/dev/null && command -v "$python" && return
    done
    return 1
}

setup_python() {
    local python
    python="$(find_python)" || die "install Python 3.10, 3.11 or 3.12 with its venv module"
    VENV="$CACHE/python-$(key_of "$TOOLS/requirements.txt")-$("$python" -c 'import sys; print(sys.version.split()[0])')"
    export PATH="$VENV/bin:$PATH"
    [ -f "$VENV/complete" ] && return
    say "Installing the Python environment (pinned versions, wheels only)"
    # A half-made environment has no mark, and a virtual environment cannot be moved into place.
    rm -rf "$VENV"
    mkdir -p "$CACHE"
    "$python" -m venv "$VENV"
    quietly pip "$VENV/bin/pip" install --only-binary :all: --disable-pip-version-check -r "$TOOLS/requirements.txt"
    : >"$VENV/complete"
}
