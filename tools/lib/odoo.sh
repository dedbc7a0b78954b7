# shellcheck shell=bash
# Runs this checkout's Odoo.

write_odoo_conf() {
    local addons="$REPO"
    # An upstream checkout keeps most addons beside the Python package, Debian's within it.
    [ -d "$ODOO_ROOT/addons" ] && addons="$ODOO_ROOT/addons,$addons"
    mkdir -p "$STATE" "$DATA_DIR"
    cat >"$ODOO_CONF" <<EOF
[options]
addons_path = ${ADDONS_PATH:-$addons}
data_dir = $DATA_DIR
http_interface = 127.0.0.1
list_db = False
max_cron_threads = 0
server_wide_modules = base,web
EOF
}

odoo() {
    PYTHONPATH="$ODOO_ROOT" "$VENV/bin/python" -W ignore::DeprecationWarning -m odoo "$@"
}

# A port that nobody listens on; the wanted one where it is free.
free_port() {
    python - "${1:-0}" <<'EOF'
import socket
import sys

for port in (int(sys.argv[1]), 0):
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", port))
        except OSError:
            continue
        print(sock.getsockname()[1])
        break
EOF
}
