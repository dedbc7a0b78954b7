# shellcheck shell=bash
[ -f "$DEMO_LOG" ] || die "there is no log yet: ./dev demo"
exec tail -n 50 -F "$DEMO_LOG"
