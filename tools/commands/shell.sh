# shellcheck shell=bash
# A Python prompt on the demo database: env is there, env.cr.commit() keeps what you did.
setup_all
database_exists "$DEMO_DB" || die "there is no demo yet: ./dev demo"
odoo shell -c "$ODOO_CONF" -d "$DEMO_DB" --no-http "$@"
