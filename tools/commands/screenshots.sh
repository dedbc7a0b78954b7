# shellcheck shell=bash
# The pictures of docs/user-guide.md, from a demo of their own that is forgotten afterwards.
setup_all

DEMO_DB="${DB_PREFIX}_screenshots"
DEMO_LOG="$LOG_DIR/screenshots.log"
DEMO_PID="$STATE/screenshots.pid"
DEMO_PORT="$STATE/screenshots.port"
trap 'stop_demo; drop_database "$DEMO_DB"' EXIT
stop_demo
create_demo
start_demo
mkdir -p "$REPO/docs/img"
python "$TOOLS/screenshots/take.py" "http://127.0.0.1:$(cat "$DEMO_PORT")" "$(chromium_path)" "$REPO/docs/img" "$@"
