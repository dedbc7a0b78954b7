# shellcheck shell=bash
# Everything a command needs before it can run Odoo. Each step does nothing when already done.

setup_all() {
    setup_system
    setup_downloads
    setup_databases
}

# The cache is shared by all checkouts.
setup_downloads() {
    mkdir -p "$CACHE" "$LOG_DIR"
    lock "$CACHE/lock" "another checkout's downloads"
    setup_python
    setup_odoo
    unlock
}

setup_databases() {
    lock "$STATE/lock" "another command in this checkout"
    setup_cluster
    write_odoo_conf
    setup_template
    unlock
}

lock() {
    exec 9>"$1"
    flock -n 9 || { say "Waiting for $2 to finish"; flock 9; }
}

unlock() { exec 9>&-; }
