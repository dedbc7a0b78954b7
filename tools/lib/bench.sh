# shellcheck shell=bash
# The benchmarks' databases: the references are Odoo's own apps, and Odoo without the addon.

BENCH_DB="${DB_PREFIX}_bench"
BENCH_PLAIN_DB="${DB_PREFIX}_bench_plain"
REFERENCES=survey,maintenance

# The installed databases are kept; each run works on fresh copies.
prepare_bench_databases() {
    local copy
    kept_database "$BENCH_PLAIN_DB" "$REFERENCES" bench-plain
    kept_database "$BENCH_DB" "$REFERENCES,$ADDON" bench
    copy_database "$BENCH_PLAIN_DB" "${BENCH_PLAIN_DB}_run"
    for copy in run web many; do copy_database "$BENCH_DB" "${BENCH_DB}_$copy"; done
}

# kept_database NAME MODULES STAMP
kept_database() {
    if database_exists "$1" && stamp_is_current "$3"; then return; fi
    say "Installing $2 for the benchmarks"
    copy_database "$TEMPLATE_DB" "$1.new"
    quietly "$3" odoo -c "$ODOO_CONF" -d "$1.new" -i "$2" --stop-after-init --no-http
    rename_database "$1.new" "$1"
    write_stamp "$3"
}

# The bare route lives in an addon that only this database has.
bench_load() {
    local database="${BENCH_DB}_load" addons status=0
    addons="$(sed -n 's/^addons_path = //p' "$ODOO_CONF"),$TOOLS/benchmarks/bare"
    kept_database "$BENCH_DB" "$REFERENCES,$ADDON" bench
    copy_database "$BENCH_DB" "$database"
    quietly bench-load odoo -c "$ODOO_CONF" --addons-path="$addons" -d "$database" \
        -i roadmap_bench_bare --stop-after-init --no-http
    PYTHONPATH="$ODOO_ROOT" python "$TOOLS/load.py" --config "$ODOO_CONF" --addons "$addons" \
        --database "$database" --log "$LOG_DIR/bench-load-server.log" \
        --ports "$(free_port 8119)" "$(free_port 8120)" --docs "$REPO/docs" "$@" || status=$?
    drop_database "$database"
    return "$status"
}
