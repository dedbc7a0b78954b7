# shellcheck shell=bash
# The addon installs with its demo data, and the log has no warning or error of ours.

database="${DB_PREFIX}_check_demo"
log="$RESULTS/check-demo.log"
mkdir -p "$RESULTS"
copy_database "$TEMPLATE_DB" "$database"
pretend_demo_dependencies "$database"
odoo -c "$ODOO_CONF" -d "$database" -i "$ADDON" --with-demo --stop-after-init --no-http >"$log" 2>&1 ||
    die "Odoo ended with an error: $log"
python "$TOOLS/test/odoo_log.py" "$log"

# Every login that ./dev demo prints must work.
while read -r login _; do
    [ "$(psql -XAtd "$database" -c "SELECT 1 FROM res_users WHERE login = '$login' AND active AND password IS NOT NULL")" = 1 ] ||
        die "tools/demo_logins names $login, but the demo data makes no such user with a password"
done <"$TOOLS/demo_logins"
drop_database "$database"
