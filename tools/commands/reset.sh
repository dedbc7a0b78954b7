# shellcheck shell=bash
# Forgets every database of this checkout; the downloads in the cache stay.
stop_demo
if uses_own_postgres; then
    for database in $(psql -XAtd postgres -c "SELECT datname FROM pg_database WHERE datname LIKE '${DB_PREFIX//_/\\_}\\_%'"); do
        say "Dropping the database $database"
        drop_database "$database"
    done
else
    stop_cluster
    say "Removing the private PostgreSQL cluster"
    rm -rf "$CLUSTER_DIR" "$SOCKET_DIR"
fi
rm -rf "$STATE"
