# shellcheck shell=bash
# Where everything lives. Downloads are shared by all checkouts of a user; state belongs to one.

REPO="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
TOOLS="$REPO/tools"
ADDON=roadmap_msp

CACHE="${ROADMAP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/roadmap_msp}"
STATE="$REPO/.dev"
LOG_DIR="$STATE/logs"
DATA_DIR="$STATE/data"
ODOO_CONF="$STATE/odoo.conf"

# Keeps the databases and the socket of two checkouts apart.
CHECKOUT_ID="$(printf '%s' "$REPO" | cksum | cut -d' ' -f1)"
DB_PREFIX="${ADDON}_${CHECKOUT_ID}"

# A socket's path must stay below 108 bytes, so it can be neither in the checkout nor in the cache.
SOCKET_DIR="/tmp/${ADDON}-$(id -u)-$CHECKOUT_ID"

# PostgreSQL does not run as root, and its own user cannot enter root's home.
if [ "$(id -u)" = 0 ]; then
    CLUSTER_DIR="/var/lib/${ADDON}/$CHECKOUT_ID"
else
    CLUSTER_DIR="$STATE/cluster"
fi

# The moving parts that a cached file depends on make its name.
key_of() { cat -- "$@" | sha256sum | cut -c1-12; }
