# shellcheck shell=bash
# The linters; each is one check.

lint_all() {
    run_check "ruff: rules" ruff check --quiet "$REPO"
    run_check "ruff: format" ruff format --check --quiet --diff "$REPO"
    run_check "pylint-odoo" lint_pylint
    run_check "eslint" lint_eslint
    run_check "prettier" lint_prettier --check
}

lint_fix() {
    ruff check --quiet --fix "$REPO" || true
    ruff format --quiet "$REPO"
    lint_prettier --write --log-level warn
}

lint_pylint() { cd "$REPO" && PYTHONPATH="$ODOO_ROOT" pylint "$ADDON"; }

lint_eslint() { cd "$REPO" && node node_modules/eslint/bin/eslint.js --max-warnings 0 --no-warn-ignored --no-error-on-unmatched-pattern . ; }

lint_prettier() {
    cd "$REPO" && node node_modules/prettier/bin/prettier.cjs "$@" --no-error-on-unmatched-pattern \
        "$ADDON/**/*.{js,css,scss}" "*.{json,mjs,yaml}" "tools/**/*.{js,json}"
}
