# shellcheck shell=bash
# A private PostgreSQL cluster of this checkout, reached through a socket only.
# The usual PG* variables name another server instead.

DB_USER="${PGUSER:-roadmap}"

setup_cluster() {
    uses_own_postgres && return
    PG_BIN="$(pg_bin)" || die "PostgreSQL's initdb was not found: install the package postgresql"
    export PGHOST="$SOCKET_DIR" PGUSER="$DB_USER"
    unset PGPORT PGDATABASE PGPASSWORD
    cluster_runs && return
    if [ ! -f "$CLUSTER_DIR/PG_VERSION" ]; then create_cluster; fi
    start_cluster
}

cluster_runs() { as_postgres "$PG_BIN/pg_ctl" status -D "$CLUSTER_DIR" >/dev/null 2>&1 && [ -S "$SOCKET_DIR/.s.PGSQL.5432" ]; }

own_directory() {
    mkdir -p -m 700 "$1"
    if [ "$(id -u)" = 0 ]; then chown postgres: "$1"; fi
    [ -O "$1" ] || [ "$(id -u)" = 0 ] || die "$1 belongs to someone else: remove it"
}

create_cluster() {
    say "Creating a private PostgreSQL cluster in $CLUSTER_DIR"
    mkdir -p "$(dirname "$CLUSTER_DIR")"
    rm -rf "$CLUSTER_DIR" "$CLUSTER_DIR.new"
    own_directory "$CLUSTER_DIR.new"
    # Whoever can enter the socket's directory (mode 700) is trusted.
    quietly initdb as_postgres "$PG_BIN/initdb" -D "$CLUSTER_DIR.new" -U "$DB_USER" -A trust \
        -E UTF8 --locale=C --no-sync
    # Throwaway data: speed goes before surviving a power cut.
    as_postgres tee -a "$CLUSTER_DIR.new/postgresql.conf" >/dev/null <<EOF
listen_addresses = ''
unix_socket_directories = '$SOCKET_DIR'
unix_socket_permissions = 0700
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
shared_buffers = 256MB
max_wal_size = 2GB
checkpoint_timeout = 30min
jit = off
EOF
    mv -T "$CLUSTER_DIR.new" "$CLUSTER_DIR"
}

start_cluster() {
    say "Starting the private PostgreSQL cluster"
    own_directory "$SOCKET_DIR"
    # pg_ctl sees by itself that the process of a left-over pid file is gone. The server must not
    # keep the lock of the set-up.
    quietly cluster as_postgres "$PG_BIN/pg_ctl" start -w -D "$CLUSTER_DIR" -l "$CLUSTER_DIR/server.log" 9>&-
}

stop_cluster() {
    uses_own_postgres && return
    PG_BIN="$(pg_bin)" || return 0
    cluster_runs || return 0
    say "Stopping the private PostgreSQL cluster"
    as_postgres "$PG_BIN/pg_ctl" stop -m fast -w -D "$CLUSTER_DIR" >/dev/null
}
