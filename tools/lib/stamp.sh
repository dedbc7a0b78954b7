# shellcheck shell=bash
# Tells whether a kept database is older than the addon.

# Every file that an update of the addon reads.
addon_state() {
    (cd "$REPO/$ADDON" && find . -type f \
        -not -path './tests/*' -not -path './rules/tests/*' -not -path './static/*' -not -name '*.pyc' \
        -print0 | sort -z | xargs -0 sha256sum | sha256sum)
}

# One file per database; what it depends on is the template and the addon.
write_stamp() { echo "$TEMPLATE_DB $(addon_state)" >"$STATE/$1.stamp"; }
stamp_is_current() { [ "$(cat "$STATE/$1.stamp" 2>/dev/null)" = "$TEMPLATE_DB $(addon_state)" ]; }
