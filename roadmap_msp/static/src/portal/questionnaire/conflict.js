import {_t} from "@web/core/l10n/translation";
import {describeValue, readValue} from "./fields";

function line(text, className = "mb-1") {
    const p = document.createElement("p");
    p.className = `${className} text-break`;
    p.textContent = text;
    return p;
}

function button(name, text) {
    const b = document.createElement("button");
    b.type = "button";
    b.className = `btn btn-outline-primary me-2 ${name}`;
    b.textContent = text;
    return b;
}

function listedFiles(el) {
    const rows = [...el.querySelectorAll("[data-file] a")];
    return rows.map((row) => ({name: row.textContent.trim()}));
}

/** What one side says: the answer, or the names of its files. */
function answer(el, value, files) {
    const words = files ? files.map((file) => file.name).join(", ") : describeValue(el, value);
    return words || _t("no answer");
}

/**
 * Both answers to a question that two people gave, with their notes, to choose from.
 *
 * @param {object} conflict what stands, as the server tells it, and `entry`, what we sent
 */
export function conflictBox(el, conflict) {
    const box = document.createElement("div");
    box.className = "alert alert-warning mt-2 mb-0";
    const name = conflict.by || _t("Somebody else");
    // Who sent only a note has left the files as they are.
    const ours = "value" in conflict.entry ? listedFiles(el) : conflict.files;
    const theirs = answer(el, conflict.value, conflict.files);
    const mine = answer(el, readValue(el), conflict.files && ours);
    const note = el.querySelector(".o_roadmap_note textarea")?.value.trim() || "";
    const withNotes = note !== (conflict.note || "").trim();
    const noteLine = (text) => line(_t("Note: %s", text || _t("none")), "mb-1 ms-3");
    box.append(line(_t("%(name)s answered meanwhile: %(answer)s", {name, answer: theirs})));
    if (withNotes) {
        box.append(noteLine(conflict.note));
    }
    box.append(line(_t("Yours: %s", mine)));
    if (withNotes) {
        box.append(noteLine(note));
    }
    box.append(
        button("o_roadmap_theirs", _t("Keep theirs")),
        button("o_roadmap_mine", _t("Use mine")),
    );
    return box;
}
