# shellcheck shell=bash
# Collects what the steps of ./dev test found and closes with one line.

RESULTS="$STATE/test"

start_report() {
    rm -rf "$RESULTS"
    mkdir -p "$RESULTS"
    : >"$RESULTS/counts"
    : >"$RESULTS/problems"
}

# record PASSED FAILED SKIPPED
record() { echo "$1 $2 $3" >>"$RESULTS/counts"; }

problem() { echo "$*" | tee -a "$RESULTS/problems" >&2; }

# One command, one count: it passed when it exited with 0.
run_check() {
    local name="$1" log="$RESULTS/${1//[^a-zA-Z0-9]/-}.log" started=$SECONDS
    shift
    say "$name"
    if ("$@") >"$log" 2>&1 </dev/null; then
        record 1 0 0
    else
        record 0 1 0
        tail -n 60 "$log" >&2
        problem "FAILED $name (log: $log)"
    fi
    say "$name: $((SECONDS - started)) s"
}

close_report() {
    if [ -s "$RESULTS/problems" ]; then
        say "What failed or was skipped:"
        cat "$RESULTS/problems" >&2
    fi
    awk '{ p += $1; f += $2; s += $3 } END {
        printf "%d passed, %d failed, %d skipped\n", p, f, s
        exit f > 0 || p == 0
    }' "$RESULTS/counts"
}
