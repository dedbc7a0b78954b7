# shellcheck shell=bash
# The generators of the content give the committed files, byte by byte: nobody edited them by hand.

copy="$(mktemp -d)"
cp -R "$TOOLS" "$copy/tools"
mkdir -p "$copy/$ADDON/data" "$copy/$ADDON/demo"
(
    cd "$copy"
    python -m tools.content.questionnaire
    for name in library asset_data asset_exports asset_template; do
        python "tools/content/make_$name.py"
    done
) >"$RESULTS/check-content.log" 2>&1 || { cat "$RESULTS/check-content.log"; die "a generator failed"; }

# A spreadsheet holds the moment of its making, so its cells are compared instead.
template="$ADDON/static/xls/asset_import_template.xlsx"
python "$TOOLS/test/same_cells.py" "$copy/$template" "$REPO/$template" ||
    die "$template is not what tools/content makes"
rm "$copy/$template"

(cd "$copy" && find "$ADDON" -type f) | while read -r file; do
    diff -q "$copy/$file" "$REPO/$file" ||
        die "$file is not what tools/content makes: change tools/content, run it, commit both"
done
rm -r "$copy"
