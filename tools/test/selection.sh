# shellcheck shell=bash
# ./dev test SELECTION: one class, method or file, on a database that is kept between runs.

selection_tags() {
    local file
    case "$1" in
        Test*) echo "/$ADDON:$1" ;;
        test_*)
            file="$(cd "$REPO" && find "$ADDON/tests" -name "$1.py" | head -n 1)"
            echo "/${file:-$ADDON.$1}"
            ;;
        *) echo "$1" ;;
    esac
}

rules_module() {
    local name="${1%%.*}" rest="" file
    [ "$name" = "$1" ] || rest=".${1#*.}"
    file="$(cd "$REPO/$ADDON" && { ls "rules/tests/$name.py" || grep -l "^class $name\b" rules/tests/*.py; } 2>/dev/null | head -n 1)"
    [ -n "$file" ] || return 1
    file="${file%.py}"
    [[ $name == test_* ]] || rest=".$1"
    echo "${file//\//.}$rest"
}

test_selection() {
    local tags database="${DB_PREFIX}_unit"
    tags="$(selection_tags "$1")"
    if ! database_exists "$database"; then
        say "Installing the addon into a database for single tests (kept)"
        copy_database "$TEMPLATE_DB" "$database.new"
        quietly unit odoo -c "$ODOO_CONF" -d "$database.new" -i "$ADDON" --stop-after-init --no-http
        rename_database "$database.new" "$database"
        write_stamp unit
    fi
    if stamp_is_current unit; then
        odoo_tests "Tests $tags" "$database" --test-tags "$tags"
    else
        rm -f "$STATE/unit.stamp"
        odoo_tests "Tests $tags (the addon changed: updating it)" "$database" -u "$ADDON" --test-tags "$tags"
        write_stamp unit
    fi
}
