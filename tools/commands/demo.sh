# shellcheck shell=bash
# Odoo with the addon and its demo data, on this machine only.
setup_all

if ! database_exists "$DEMO_DB"; then
    stop_demo
    create_demo
    write_stamp demo
elif ! stamp_is_current demo; then
    update_demo
    write_stamp demo
fi
demo_runs || start_demo

cat <<EOF

The demo runs at  http://127.0.0.1:$(cat "$DEMO_PORT")
Log in as (the password is the login):

$(sed 's/^/  /' "$TOOLS/demo_logins")
  admin                      Odoo's administrator, also the settings

./dev logs follows its log, ./dev stop ends it.
EOF
