# shellcheck shell=bash
# Measures against Odoo's own apps; quick does fewer rounds.
[ -f "$TOOLS/bench.py" ] || die "tools/bench.py is not there yet"
setup_all
prepare_bench_databases
export ODOO_CONF PYTHONPATH="$ODOO_ROOT"
export BENCH_DB="${BENCH_DB}_run" BENCH_PLAIN_DB="${BENCH_PLAIN_DB}_run"
python -W ignore::DeprecationWarning "$TOOLS/bench.py" "$@"
drop_database "$BENCH_DB"
drop_database "$BENCH_PLAIN_DB"
