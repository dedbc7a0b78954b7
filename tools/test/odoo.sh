# shellcheck shell=bash
# The tests that need Odoo.

# odoo_tests NAME DATABASE ARGUMENTS...
odoo_tests() {
    local name="$1" database="$2" log="$RESULTS/${1//[^a-zA-Z0-9]/-}.log" started=$SECONDS status=0
    shift 2
    say "$name"
    odoo -c "$ODOO_CONF" -d "$database" --http-port="$(free_port)" --stop-after-init "$@" \
        >"$log" 2>&1 </dev/null || status=$?
    python "$TOOLS/test/read_log.py" "$name" "$log" "$status" "$RESULTS" >&2
    say "$name: $((SECONDS - started)) s"
}

has_js_tests() { [ -n "$(find "$REPO/$ADDON/static/tests" -name '*.test.js' 2>/dev/null | head -n 1)" ]; }

test_addon() { odoo_tests "Odoo tests of the addon" "$1" -i "$ADDON" --test-tags "/$ADDON"; }

test_js() {
    if has_js_tests; then
        odoo_tests "JavaScript unit tests" "$1" \
            --test-tags "/web:WebSuite.test_unit_desktop[@$ADDON],/web:MobileWebSuite.test_unit_mobile[@$ADDON]"
    fi
}

# The part of Odoo's own lint that looks at modules on the path and does not presume Odoo's repository.
test_odoo_lint() {
    local tests=TestIndex,TestNaming,ManifestLinter,TestTestHoles,TestLintOverrideSignatures,RoutesLinter,TestOnchangeDomains
    odoo_tests "Odoo's own lint" "$1" -i test_lint --test-tags "/test_lint:${tests//,/,/test_lint:}"
}

# Each file of tools/checks is one check; ./dev check FILE runs it alone.
test_checks() {
    local file
    for file in "$TOOLS"/checks/*; do
        run_check "check: $(basename "$file")" "$REPO/dev" check "$(basename "$file")"
    done
}

test_rules() {
    local log="$RESULTS/rules.log" status=0 selected=("$@")
    [ -d "$REPO/$ADDON/rules/tests" ] || return 0
    [ $# -gt 0 ] || selected=(discover -s rules/tests -t .)
    say "Unit tests of the rules"
    # From within the addon, so that the addon itself, which needs Odoo, is not imported.
    (cd "$REPO/$ADDON" && python -m unittest "${selected[@]}") >"$log" 2>&1 || status=$?
    python "$TOOLS/test/read_unittest.py" "Unit tests of the rules" "$log" "$status" "$RESULTS" >&2
}
