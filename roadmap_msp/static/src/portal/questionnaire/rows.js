import {_t} from "@web/core/l10n/translation";

/** Parts of a question that come and go while the page is open: files and messages. */

function element(tag, className, text = "") {
    const el = document.createElement(tag);
    el.className = className;
    el.textContent = text;
    return el;
}

/** A file of an answer; `url` is the run's address. */
export function fileRow(file, url) {
    const row = element("li", "d-flex align-items-center gap-2");
    row.dataset.file = file.id;
    const link = element("a", "text-break", file.name);
    link.href = `${url}/file/${file.id}`;
    const remove = element("button", "btn btn-light btn-sm ms-auto o_roadmap_remove");
    remove.type = "button";
    remove.title = _t("Remove");
    remove.setAttribute("aria-label", _t("Remove %s", file.name));
    remove.append(element("i", "fa fa-trash-o"));
    row.append(element("i", "fa fa-paperclip"), link, remove);
    return row;
}

export function showFiles(el, files, url) {
    const rows = files.map((file) => fileRow(file, url));
    el.querySelector(".o_roadmap_files").replaceChildren(...rows);
}

/** A message that was just sent, with the text as it was typed. */
export function messageRow(message, text) {
    const row = element("div", "o_roadmap_message d-flex gap-2 mb-3");
    row.dataset.message = message.id;
    const initials = "o_roadmap_initials rounded flex-shrink-0 text-bg-light";
    const box = element("div", "overflow-hidden");
    box.append(
        element("strong", "", message.author),
        element("small", "text-muted ms-1", _t("just now")),
        element("div", "o_roadmap_message_body o_roadmap_plain text-break", text.trim()),
    );
    row.append(element("span", initials, message.initials), box);
    return row;
}

/** Whether somebody is typing in this question, so that nothing there may jump. */
export function isTyping(el) {
    const {activeElement} = document;
    return el.contains(activeElement) && activeElement.matches("textarea, input.form-control");
}
