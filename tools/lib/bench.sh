# shellcheck shell=bash
# The benchmarks' databases: the references are Odoo's own apps, and Odoo without the addon.

BENCH_DB="${DB_PREFIX}_bench"
BENCH_PLAIN_DB="${DB_PREFIX}_bench_plain"
REFERENCES=survey,maintenance

# The installed databases are kept; each run works on fresh copies.
prepare_bench_databases() {
    kept_database "$BENCH_PLAIN_DB" "$REFERENCES" bench-plain
    kept_database "$BENCH_DB" "$REFERENCES,$ADDON" bench
    copy_database "$BENCH_PLAIN_DB" "${BENCH_PLAIN_DB}_run"
    copy_database "$BENCH_DB" "${BENCH_DB}_run"
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
