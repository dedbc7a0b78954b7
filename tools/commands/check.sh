# shellcheck shell=bash
# One file of tools/checks: shell with these functions at hand, or Python beside Odoo.
. "$TOOLS/test/report.sh"
. "$TOOLS/test/odoo.sh"

check="$TOOLS/checks/${1:?name a file of tools/checks}"
setup_all
export ODOO_CONF TEMPLATE_DB DB_PREFIX DATA_DIR PYTHONPATH="$ODOO_ROOT"
mkdir -p "$RESULTS"
case "$check" in
    # shellcheck source=/dev/null
    *.sh) . "$check" ;;
    *.py) python "$check" ;;
    *) die "neither shell nor Python: $check" ;;
esac
