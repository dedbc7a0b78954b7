# shellcheck shell=bash
# What the developer reads while a command works.

say() { printf '==> %s\n' "$*" >&2; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# A long step that fails must show why, and one that works must not drown the others.
quietly() {
    local log="$LOG_DIR/$1.log"
    shift
    mkdir -p "$LOG_DIR"
    if ! "$@" >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        die "this failed: $* (full log: $log)"
    fi
}
