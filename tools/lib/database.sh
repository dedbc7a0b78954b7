# shellcheck shell=bash
# Databases are made by copying a template that has the dependencies installed.

DEPENDENCIES=account,calendar,crm,mail,portal,portal_rating,product,rating,resource,sale,sale_crm,sale_management

database_exists() { [ "$(psql -XAtd postgres -c "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

# The databases of this checkout whose names go on so.
databases_like() {
    psql -XAtd postgres -c "SELECT datname FROM pg_database WHERE starts_with(datname, '${DB_PREFIX}_$1')"
}

drop_database() {
    if database_exists "$1"; then dropdb --force "$1"; fi
    rm -rf "${DATA_DIR:?}/filestore/$1"
}

# Filestore files never change once written, so that a hard link is as good as a copy.
copy_database() {
    drop_database "$2"
    createdb -T "$1" "$2"
    if [ -d "$DATA_DIR/filestore/$1" ]; then
        cp -al "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
    fi
}

# Replaces the old one only when complete.
rename_database() {
    drop_database "$2"
    psql -Xqd postgres -c "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    if [ -d "$DATA_DIR/filestore/$1" ]; then
        mv -T "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
    fi
}

setup_template() {
    local key old
    key="$(printf '%s\n' "$ODOO_ROOT" "$VENV" "$DEPENDENCIES" | sha256sum | cut -c1-8)"
    TEMPLATE_DB="${DB_PREFIX}_template_$key"
    database_exists "$TEMPLATE_DB" && return
    say "Installing the dependencies into a template database (about a minute, once)"
    drop_database "$TEMPLATE_DB.new"
    createdb -E UTF8 -T template0 "$TEMPLATE_DB.new"
    quietly template odoo -c "$ODOO_CONF" -d "$TEMPLATE_DB.new" -i "$DEPENDENCIES" --without-demo \
        --stop-after-init --no-http
    rename_database "$TEMPLATE_DB.new" "$TEMPLATE_DB"
    for old in $(databases_like template_); do
        [ "$old" = "$TEMPLATE_DB" ] || drop_database "$old"
    done
}
