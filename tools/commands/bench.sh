# shellcheck shell=bash
# Measures against Odoo's own apps. quick does fewer rounds and leaves docs/ as it is; load has fifty
# people save at once for twenty seconds; --seconds 60 is kept in docs/ as well.
setup_all
if [ "${1:-}" = load ]; then
    shift
    bench_load "$@"
    exit
fi
prepare_bench_databases

bench_docs="$REPO/docs"
if [ "${1:-}" = quick ]; then
    shift
    bench_docs="$STATE/bench"
    set -- --rounds 2 "$@"
fi
mkdir -p "$bench_docs"
status=0
PYTHONPATH="$ODOO_ROOT" python -W ignore::DeprecationWarning "$TOOLS/bench.py" --config "$ODOO_CONF" \
    --with-addon "${BENCH_DB}_run" --without-addon "${BENCH_PLAIN_DB}_run" \
    --web "${BENCH_DB}_web" --many "${BENCH_DB}_many" --docs "$bench_docs" "$@" || status=$?
drop_database "${BENCH_DB}_run"
drop_database "${BENCH_DB}_web"
drop_database "${BENCH_DB}_many"
drop_database "${BENCH_PLAIN_DB}_run"
exit "$status"
