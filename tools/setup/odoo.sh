# shellcheck shell=bash
# Odoo 19: a checkout named by ODOO_SOURCE, else the package of Debian's unstable suite.
# The package is unpacked, never installed: the system stays as it was.

ODOO_PACKAGES="odoo-19 libjs-jquery libjs-jquery-form libjs-underscore fonts-montserrat
    fonts-roboto-unhinted fonts-inconsolata fonts-ocr-b fonts-font-awesome"
NO_PACKAGE="Get a checkout of Odoo 19.0 and name it: ODOO_SOURCE=/path/to/odoo ./dev demo"

setup_odoo() {
    if [ -n "${ODOO_SOURCE:-}" ]; then
        [ -f "$ODOO_SOURCE/odoo/release.py" ] || die "ODOO_SOURCE=$ODOO_SOURCE holds no odoo/release.py"
        grep -q '^version_info = (19, 0' "$ODOO_SOURCE/odoo/release.py" || die "ODOO_SOURCE is not Odoo 19.0"
        ODOO_ROOT="$(cd "$ODOO_SOURCE" && pwd -P)"
        return
    fi
    ODOO_TREE="$CACHE/odoo-19.0-$(key_of "$TOOLS/setup/odoo.sh")"
    ODOO_ROOT="$ODOO_TREE/usr/lib/python3/dist-packages"
    [ -d "$ODOO_TREE" ] && return
    command -v apt-get >/dev/null || die "this system has no apt. $NO_PACKAGE"
    local work
    mkdir -p "$CACHE"
    work="$(mktemp -d "$CACHE/odoo.XXXXXX")"
    # shellcheck disable=SC2064
    trap "rm -rf '$work'" EXIT
    download_odoo "$work"
    unpack_odoo "$work"
    mv -T "$work/tree" "$ODOO_TREE"
    rm -rf "$work"
    trap - EXIT
}

# The system's own Debian archive and keyring, with the suite changed.
unstable_source() {
    local uri keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    uri="$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
        grep -E '/debian/?$' | head -n 1)"
    [ -n "$uri" ] || die "no Debian archive in this system's apt sources. $NO_PACKAGE"
    [ -f "$keyring" ] || die "install the package debian-archive-keyring"
    printf 'Types: deb\nURIs: %s\nSuites: unstable\nComponents: main\nSigned-By: %s\n' "$uri" "$keyring"
}

download_odoo() {
    local work="$1"
    mkdir -p "$work"/{state/lists/partial,cache/archives/partial,etc,debs}
    unstable_source >"$work/etc/unstable.sources"
    cat >"$work/apt.conf" <<EOF
Dir::State "$work/state";
Dir::State::status "/dev/null";
Dir::Cache "$work/cache";
Dir::Etc::sourcelist "$work/etc/unstable.sources";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Acquire::Retries "3";
APT::Sandbox::User "";
EOF
    say "Reading the index of Debian's unstable suite (its signature is checked)"
    quietly odoo-index env APT_CONFIG="$work/apt.conf" apt-get -o APT::Update::Error-Mode=any update
    APT_CONFIG="$work/apt.conf" apt-cache show odoo-19 >/dev/null 2>&1 ||
        die "the package odoo-19 is gone from Debian's archive. $NO_PACKAGE"
    say "Downloading Odoo 19 (about 120 MB, once)"
    # shellcheck disable=SC2086
    (cd "$work/debs" && quietly odoo-download env APT_CONFIG="$work/apt.conf" apt-get download $ODOO_PACKAGES)
}

unpack_odoo() {
    local work="$1" deb link target stub
    say "Unpacking Odoo 19 (about 1 GB)"
    mkdir "$work/tree"
    for deb in "$work"/debs/*.deb; do
        dpkg-deb -x "$deb" "$work/tree"
    done
    # The package links to files of other packages by absolute path.
    find "$work/tree" -type l -lname '/usr/*' | while read -r link; do
        target="$(readlink "$link")"
        ln -sfnr "$work/tree$target" "$link"
    done
    # Debian leaves this file out for its licence; without it every browser test reports an error.
    stub="$work/tree/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation"
    mkdir -p "$stub"
    [ -e "$stub/selfie_segmentation.js" ] || : >"$stub/selfie_segmentation.js"
}
