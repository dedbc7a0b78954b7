# shellcheck shell=bash
# PostgreSQL, Chromium and wkhtmltopdf, by the system's package manager.

pg_bin() {
    local dir
    for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) "$(dirname "$(command -v initdb || echo /-)")"; do
        [ -x "$dir/initdb" ] && echo "$dir" && return
    done
    return 1
}

uses_own_postgres() { [ -n "${PGHOST:-}${PGPORT:-}${PGSERVICE:-}${PGHOSTADDR:-}" ]; }

chromium_path() { command -v chromium || command -v google-chrome || command -v chromium-browser; }

missing_packages() {
    if uses_own_postgres; then
        command -v psql >/dev/null || echo postgresql-client
    else
        pg_bin >/dev/null || echo postgresql
    fi
    chromium_path >/dev/null || echo chromium
    command -v wkhtmltopdf >/dev/null || echo wkhtmltopdf
    command -v dpkg-deb >/dev/null || echo dpkg
    find_python >/dev/null || echo python3-venv
    # Without a text font Chromium and wkhtmltopdf draw empty boxes.
    [ -d /usr/share/fonts/truetype/dejavu ] || echo fonts-dejavu-core
}

setup_system() {
    local missing
    missing="$(missing_packages | tr '\n' ' ')"
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || die "install these with your package manager: $missing"
    can_be_root || die "run this as a user who may: apt-get install $missing"
    say "Installing system packages: $missing"
    quietly apt-update as_root env DEBIAN_FRONTEND=noninteractive apt-get update
    # The PostgreSQL package would start a cluster of its own on the standard port.
    if [[ $missing == *postgresql\ * ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        as_root mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    # shellcheck disable=SC2086
    quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
        --no-install-recommends -o Dpkg::Options::=--force-confold $missing
}
