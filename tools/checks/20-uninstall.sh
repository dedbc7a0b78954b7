# shellcheck shell=bash
# Installing into a database in use changes none of its records; uninstalling leaves no trace.

database="${DB_PREFIX}_check_uninstall"
log="$RESULTS/check-uninstall"
mkdir -p "$RESULTS"
copy_database "$TEMPLATE_DB" "$database"

step() {
    say "$1"
    shift
    "$@" >"$log.log" 2>&1 || { tail -n 40 "$log.log"; die "$1 failed"; }
    python "$TOOLS/test/odoo_log.py" "$log.log"
}

fill_database() { odoo shell -c "$ODOO_CONF" -d "$database" --no-http <"$TOOLS/test/host_data.py"; }
snapshot() { python "$TOOLS/test/snapshot.py" take "$database" "$log-$1.json"; }
compare() { python "$TOOLS/test/snapshot.py" compare "$log-before.json" "$log-$1.json" "$2"; }

step "Making customers, leads, orders, meetings" fill_database
snapshot before
step "Installing" odoo -c "$ODOO_CONF" -d "$database" -i "$ADDON" --stop-after-init --no-http
snapshot installed
compare installed records
step "Uninstalling" odoo module uninstall -c "$ODOO_CONF" -d "$database" "$ADDON"
snapshot uninstalled
compare uninstalled everything
drop_database "$database"
