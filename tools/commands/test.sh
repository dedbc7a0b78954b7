# shellcheck shell=bash
# Every linter and test, or a selection: lint, rules, odoo, js, odoo-lint, checks, a class, a method, a file.

for file in "$TOOLS"/test/*.sh; do
    # shellcheck source=/dev/null
    . "$file"
done

full_database() {
    TEST_DB="${DB_PREFIX}_test"
    copy_database "$TEMPLATE_DB" "$TEST_DB"
}

with_addon() {
    full_database
    quietly install odoo -c "$ODOO_CONF" -d "$TEST_DB" -i "$ADDON" --stop-after-init --no-http
}

run_selected() {
    case "$1" in
        lint) setup_node && lint_all ;;
        rules) test_rules ;;
        odoo) full_database && test_addon "$TEST_DB" ;;
        js) with_addon && test_js "$TEST_DB" ;;
        odoo-lint) with_addon && test_odoo_lint "$TEST_DB" ;;
        checks) test_checks ;;
        *)
            if rules="$(rules_module "$1")"; then test_rules "$rules"; else test_selection "$1"; fi
            ;;
    esac
}

run_all() {
    setup_node
    lint_all
    test_rules
    full_database
    test_addon "$TEST_DB"
    test_js "$TEST_DB"
    test_odoo_lint "$TEST_DB"
    test_checks
    drop_database "$TEST_DB"
}

setup_all
# Two runs in one checkout would share a database and a report.
lock "$STATE/test.lock" "another test run in this checkout"
start_report
if [ $# -gt 0 ]; then
    for selected in "$@"; do run_selected "$selected"; done
else
    run_all
fi
close_report
