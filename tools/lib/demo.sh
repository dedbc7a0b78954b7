# shellcheck shell=bash
# The demo's database and its server.

DEMO_DB="${DB_PREFIX}_demo"
DEMO_LOG="$LOG_DIR/demo.log"
DEMO_PID="$STATE/demo.pid"
DEMO_PORT="$STATE/demo.port"

# A left-over file may name a process that is someone else's by now.
demo_runs() {
    [ -f "$DEMO_PID" ] && tr '\0' ' ' 2>/dev/null <"/proc/$(cat "$DEMO_PID")/cmdline" | grep -qF "$ODOO_CONF"
}

stop_demo() {
    if demo_runs; then
        say "Stopping the demo server"
        kill "$(cat "$DEMO_PID")"
        for _ in $(seq 50); do demo_runs && sleep 0.2; done
        if demo_runs; then kill -9 "$(cat "$DEMO_PID")"; fi
    fi
    rm -f "$DEMO_PID"
}

# Odoo loads a module's demo data only where its dependencies have theirs. The demo shows the
# addon's own clients without Odoo's among them.
pretend_demo_dependencies() {
    psql -Xqd "$1" -c "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"
}

create_demo() {
    say "Creating the demo database (one or two minutes, once)"
    copy_database "$TEMPLATE_DB" "$DEMO_DB.new"
    pretend_demo_dependencies "$DEMO_DB.new"
    quietly demo-install odoo -c "$ODOO_CONF" -d "$DEMO_DB.new" -i "$ADDON" --with-demo --stop-after-init --no-http
    rename_database "$DEMO_DB.new" "$DEMO_DB"
    # Odoo installs a module even where its demo data failed, and only says so in the log.
    if grep -q "demo data failed to install" "$LOG_DIR/demo-install.log"; then
        warn "the demo data failed to load: see $LOG_DIR/demo-install.log"
    fi
}

update_demo() {
    say "The addon changed: updating the demo database"
    stop_demo
    quietly demo-update odoo -c "$ODOO_CONF" -d "$DEMO_DB" -u "$ADDON" --stop-after-init --no-http
}

start_demo() {
    local port
    port="$(free_port "$(cat "$DEMO_PORT" 2>/dev/null || echo 8019)")"
    echo "$port" >"$DEMO_PORT"
    say "Starting the server"
    # Mails name this address; Odoo itself learns it only when an administrator logs in.
    psql -Xqd "$DEMO_DB" -c "UPDATE ir_config_parameter SET value = 'http://127.0.0.1:$port' WHERE key = 'web.base.url'"
    # Nothing listens on port 9: a demo sends no mail.
    PYTHONPATH="$ODOO_ROOT" setsid nohup "$VENV/bin/python" -W ignore::DeprecationWarning -m odoo \
        -c "$ODOO_CONF" -d "$DEMO_DB" --db-filter="^$DEMO_DB\$" --http-port="$port" \
        --smtp=127.0.0.1 --smtp-port=9 --max-cron-threads=1 >"$DEMO_LOG" 2>&1 </dev/null &
    echo $! >"$DEMO_PID"
    for _ in $(seq 120); do
        demo_answers "$port" && return
        demo_runs || break
        sleep 0.5
    done
    tail -n 20 "$DEMO_LOG" >&2
    die "the server did not start (full log: $DEMO_LOG)"
}

demo_answers() {
    python - "http://127.0.0.1:$1/web/health" 2>/dev/null <<'EOF'
import sys
import urllib.request

urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1], timeout=5)
EOF
}
