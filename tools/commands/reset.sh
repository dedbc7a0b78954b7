# shellcheck shell=bash
# Forgets every database of this checkout; the downloads in the cache stay.
stop_demo
if uses_own_postgres; then
    for database in $(databases_like ""); do
        say "Dropping the database $database"
        drop_database "$database"
    done
else
    stop_cluster
    say "Removing the private PostgreSQL cluster"
    rm -rf "$CLUSTER_DIR" "$SOCKET_DIR"
fi
rm -rf "$STATE"
