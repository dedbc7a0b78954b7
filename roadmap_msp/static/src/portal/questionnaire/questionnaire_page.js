import {ConnectionLostError, rpc} from "@web/core/network/rpc";
import {describeValue, excludeOthers, readValue, writeValue} from "./fields";
import {Interaction} from "@web/public/interaction";
import {Outgoing} from "./outgoing";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {visibleQuestions} from "./conditions";

export const TYPING_DELAY = 1000;
export const CHOICE_DELAY = 150;
export const RETRY_DELAY = 10000;

/** A page of questions: every change is stored by itself, with its version. */
export class QuestionnairePage extends Interaction {
    static selector = ".o_roadmap_page";
    dynamicContent = {
        ".o_roadmap_question": {
            "t-on-input.withTarget": this.onInput,
            "t-on-change.withTarget": this.onChange,
        },
        ".o_roadmap_questions": {"t-on-submit.prevent": () => this.flush()},
        ".o_roadmap_clear": {"t-on-click.withTarget": this.onClear},
        ".o_roadmap_confirm": {"t-on-click.withTarget": this.onConfirm},
        ".o_roadmap_confirm_all": {"t-on-click": this.onConfirmAll},
        // The buttons of a conflict are made later, so they are heard here.
        _root: {"t-on-click": this.onClick},
        _window: {"t-on-online": () => this.flush(), "t-on-pagehide": () => this.flush()},
    };

    setup() {
        this.form = this.el.querySelector(".o_roadmap_questions");
        this.questions = JSON.parse(this.form.dataset.spec);
        this.byId = new Map(this.questions.map((question) => [question.id, question]));
        this.versions = new Map(this.questions.map((row) => [row.id, row.version]));
        this.conflicts = new Map();
        this.url = `/my/roadmap/questionnaire/${this.form.dataset.run}`;
        const {run, page, person} = this.form.dataset;
        this.outgoing = new Outgoing(`roadmap_msp.answers.${person}.${run}.${page}`);
        this.sending = false;
        this.typing = this.debounced(() => this.flush(), TYPING_DELAY);
        this.choosing = this.debounced(() => this.flush(), CHOICE_DELAY);
    }

    start() {
        this.show(".o_roadmap_no_script", false);
        for (const name of ["confirm", "confirm_all_box", "clear"]) {
            this.show(`.o_roadmap_${name}`, true);
        }
        for (const [id, entry] of this.outgoing.restore()) {
            const el = this.question(id);
            if (el && "value" in entry) {
                writeValue(el, entry.value);
            }
        }
        this.refresh();
        this.flush();
    }

    question(id) {
        return this.el.querySelector(`.o_roadmap_question[data-question="${id}"]`);
    }

    show(selector, visible, root = this.el) {
        for (const el of root.querySelectorAll(selector)) {
            el.classList.toggle("d-none", !visible);
        }
    }

    // ------------------------------------------------------------------ input
    onInput(ev, el) {
        const {target} = ev;
        if (target.matches(".o_roadmap_value, .o_roadmap_note textarea")) {
            this.changed(el, target);
            this.typing();
        }
    }

    onChange(ev, el) {
        const {target} = ev;
        if (target.matches(".o_roadmap_upload")) {
            return this.upload(el, target);
        }
        this.changed(el, target);
        this.choosing();
    }

    /** Remember what changed and show or hide what depends on it, at once. */
    changed(el, target) {
        const id = Number(el.dataset.question);
        if (!target.closest(".o_roadmap_note")) {
            excludeOthers(el, target, this.byId.get(id));
        }
        this.queue(el);
        this.refresh();
    }

    queue(el) {
        const id = Number(el.dataset.question);
        const entry = {version: this.versions.get(id)};
        if (el.dataset.type !== "file") {
            entry.value = readValue(el);
        }
        const note = el.querySelector(".o_roadmap_note textarea");
        if (note) {
            entry.note = note.value;
        }
        this.outgoing.add(id, entry);
    }

    onClear(ev, button) {
        const el = button.closest(".o_roadmap_question");
        writeValue(el, null);
        this.queue(el);
        this.refresh();
        this.choosing();
    }

    onConfirm(ev, button) {
        this.queue(button.closest(".o_roadmap_question"));
        this.flush();
    }

    onConfirmAll() {
        // What is hidden was not looked at, so it stays to be confirmed.
        const shown = ".o_roadmap_question:not(.d-none) .o_roadmap_confirm";
        for (const button of this.el.querySelectorAll(shown)) {
            this.queue(button.closest(".o_roadmap_question"));
        }
        this.flush();
    }

    refresh(visible = null) {
        const values = new Map();
        for (const id of this.byId.keys()) {
            const el = this.question(id);
            // What cannot be changed has no inputs to read: its stored answer counts.
            values.set(id, el.disabled ? JSON.parse(el.dataset.value || "null") : readValue(el));
        }
        const shown = visible || visibleQuestions(this.questions, values);
        for (const id of this.byId.keys()) {
            const el = this.question(id);
            el.classList.toggle("d-none", !shown.has(id));
        }
    }

    // ----------------------------------------------------------------- saving
    async flush() {
        if (this.sending || !this.outgoing.size) {
            return;
        }
        this.sending = true;
        const values = Object.fromEntries(this.outgoing.take());
        try {
            const results = await this.waitFor(rpc(`${this.url}/save`, {values}, {silent: true}));
            this.outgoing.done();
            this.show(".o_roadmap_offline, .o_roadmap_lost", false);
            this.stored(results);
        } catch (error) {
            this.refused(error);
            return;
        } finally {
            this.sending = false;
        }
        this.flush();
    }

    /** Not stored: keep it on this device, and try again unless the page is closed to us. */
    refused(error) {
        const offline = error instanceof ConnectionLostError;
        this.outgoing.giveBack();
        if (error.code !== 404) {
            this.waitForTimeout(() => this.flush(), RETRY_DELAY);
        }
        this.show(".o_roadmap_offline", offline);
        this.show(".o_roadmap_lost", !offline);
    }

    stored(results) {
        if (results.error) {
            this.show(".o_roadmap_lost", true);
            return;
        }
        const {_page: page, ...answers} = results;
        for (const [key, result] of Object.entries(answers)) {
            this.storedAnswer(Number(key), result);
        }
        this.progress(page);
        if (!this.outgoing.size) {
            this.refresh(new Set(page.visible));
        }
    }

    progress(page) {
        this.el.querySelector(".o_roadmap_done").textContent = page.done;
        this.el.querySelector(".o_roadmap_required").textContent = page.required;
        const time = new Date().toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"});
        this.el.querySelector(".o_roadmap_saved").textContent = _t("saved %s", time);
    }

    storedAnswer(id, result) {
        const el = this.question(id);
        if (!el) {
            return;
        }
        el.querySelector(".o_roadmap_error").textContent = result.error || "";
        if (result.conflict) {
            this.conflicts.set(id, result.conflict);
            this.showConflict(el, result.conflict);
            return;
        }
        this.conflicts.delete(id);
        el.querySelector(".o_roadmap_conflict").replaceChildren();
        if (result.error) {
            return;
        }
        this.versions.set(id, result.version);
        const hidden = el.querySelector(`[name="v_${id}"]`);
        if (hidden) {
            hidden.value = result.version;
        }
        this.show(".o_roadmap_carried", false, el);
        el.querySelectorAll(".o_roadmap_confirm").forEach((button) => button.remove());
    }

    // -------------------------------------------------------------- conflicts
    showConflict(el, conflict) {
        const line = (text) => {
            const p = document.createElement("p");
            p.className = "mb-1";
            p.textContent = text;
            return p;
        };
        const button = (name, text) => {
            const b = document.createElement("button");
            b.type = "button";
            b.className = `btn btn-outline-primary me-2 ${name}`;
            b.textContent = text;
            return b;
        };
        const box = document.createElement("div");
        box.className = "alert alert-warning mt-2 mb-0";
        const nothing = _t("no answer");
        const name = conflict.by || _t("Somebody else");
        const theirs = describeValue(el, conflict.value) || nothing;
        const mine = describeValue(el, readValue(el)) || nothing;
        box.append(
            line(_t("%(name)s answered meanwhile: %(answer)s", {name, answer: theirs})),
            line(_t("Yours: %s", mine)),
            button("o_roadmap_theirs", _t("Keep theirs")),
            button("o_roadmap_mine", _t("Use mine")),
        );
        el.querySelector(".o_roadmap_conflict").replaceChildren(box);
    }

    onClick(ev) {
        const button = ev.target.closest(".o_roadmap_mine, .o_roadmap_theirs");
        if (button?.matches(".o_roadmap_mine")) {
            this.keepMine(button.closest(".o_roadmap_question"));
        } else if (button) {
            this.keepTheirs(button.closest(".o_roadmap_question"));
        }
    }

    keepMine(el) {
        const id = Number(el.dataset.question);
        this.versions.set(id, this.conflicts.get(id).version);
        this.queue(el);
        this.flush();
    }

    keepTheirs(el) {
        const id = Number(el.dataset.question);
        const conflict = this.conflicts.get(id);
        writeValue(el, conflict.value);
        const note = el.querySelector(".o_roadmap_note textarea");
        if (note) {
            note.value = conflict.note || "";
        }
        this.storedAnswer(id, {version: conflict.version});
        this.refresh();
    }

    // ------------------------------------------------------------------ files
    async upload(el, input) {
        const id = Number(el.dataset.question);
        const token = this.form.querySelector("[name=csrf_token]").value;
        for (const file of [...input.files]) {
            const data = {csrf_token: token, question_id: id, file};
            try {
                const result = await this.waitFor(
                    this.services.http.post(`${this.url}/upload`, data),
                );
                this.storedAnswer(id, result);
                if (result.file) {
                    this.addFile(el, result.file);
                    this.progress(result.page);
                }
            } catch {
                const message = _t("%s could not be sent. Try again.", file.name);
                el.querySelector(".o_roadmap_error").textContent = message;
            }
        }
        input.value = "";
    }

    addFile(el, file) {
        const row = document.createElement("li");
        row.dataset.file = file.id;
        const link = document.createElement("a");
        link.href = `${this.url}/file/${file.id}`;
        link.textContent = file.name;
        link.className = "text-break";
        row.append(link);
        el.querySelector(".o_roadmap_files").append(row);
    }
}

registry.category("public.interactions").add("roadmap_msp.questionnaire_page", QuestionnairePage);
