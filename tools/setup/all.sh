# shellcheck shell=bash
# Everything a command needs before it can run Odoo. Each step does nothing when already done.

setup_all() {
    mkdir -p "$STATE" "$LOG_DIR"
    setup_system
    setup_python
    setup_odoo
    setup_cluster
    write_odoo_conf
    setup_template
}
