# shellcheck shell=bash
# The linters alone; --fix lets those that can repair do so.
. "$TOOLS/test/report.sh"
. "$TOOLS/test/lint.sh"

setup_system
setup_downloads
setup_node
if [ "${1:-}" = --fix ]; then lint_fix; fi
start_report
lint_all
close_report
