import {ConnectionLostError, rpc} from "@web/core/network/rpc";
import {describeValue, excludeOthers, readValue, writeValue} from "./fields";
import {Interaction} from "@web/public/interaction";
import {fileRow, isTyping, messageRow, showFiles} from "./rows";
import {Outgoing} from "./outgoing";
import {_t} from "@web/core/l10n/translation";
import {redirect} from "@web/core/utils/urls";
import {registry} from "@web/core/registry";
import {visibleQuestions} from "./conditions";

export const TYPING_DELAY = 1000;
export const CHOICE_DELAY = 150;
export const RETRY_DELAY = 10000;
export const RETRY_LIMIT = 60000;
export const FIRST_NEWS_DELAY = 2000;
export const NEWS_DELAY = 20000;

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
        ".o_roadmap_ask": {"t-on-click.prevent.withTarget": this.onAsk},
        ".o_roadmap_leave": {"t-on-click.withTarget": this.onLeave},
        ".o_roadmap_give_one": {"t-on-click.withTarget": this.onGiveOne},
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
        this.retryDelay = RETRY_DELAY;
        this.typing = this.debounced(() => this.flush(), TYPING_DELAY);
        this.choosing = this.debounced(() => this.flush(), CHOICE_DELAY);
    }

    start() {
        this.show(".o_roadmap_no_script", false);
        for (const name of ["confirm", "confirm_all_box", "remove"]) {
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
        this.waitForTimeout(() => this.fetchNews(), FIRST_NEWS_DELAY);
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
        if (target.closest(".o_roadmap_thread")) {
            return;
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

    queue(el, withFiles = false) {
        const id = Number(el.dataset.question);
        const entry = {version: this.versions.get(id)};
        if (el.dataset.type !== "file" || withFiles) {
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
            values.set(
                id,
                el.dataset.closed ? JSON.parse(el.dataset.value || "null") : readValue(el),
            );
        }
        const shown = visible || visibleQuestions(this.questions, values);
        for (const id of this.byId.keys()) {
            const el = this.question(id);
            el.classList.toggle("d-none", !shown.has(id));
            const value = values.get(id);
            const empty = value === null || (Array.isArray(value) && !value.length);
            this.show(".o_roadmap_clear", !empty, el);
        }
    }

    // ----------------------------------------------------------------- saving
    /** Send what waits; the promise is kept when nothing waits or is under way any more. */
    flush() {
        if (!this.sending && this.outgoing.size) {
            this.flight = this.send();
        }
        return this.flight;
    }

    async send() {
        this.sending = true;
        const values = Object.fromEntries(this.outgoing.take());
        try {
            const results = await this.waitFor(rpc(`${this.url}/save`, {values}, {silent: true}));
            if (results.error) {
                // Nothing of it was taken; what was typed stays on this device.
                this.outgoing.giveBack();
                this.show(".o_roadmap_lost", true);
                return;
            }
            this.outgoing.done();
            this.retryDelay = RETRY_DELAY;
            this.show(".o_roadmap_offline, .o_roadmap_lost", false);
            this.stored(results);
        } catch (error) {
            this.refused(error);
            return;
        } finally {
            this.sending = false;
        }
        if (this.outgoing.size) {
            await this.send();
        }
    }

    /** The last answer is stored before its page is left; without a connection it stays here. */
    async onLeave(ev, link) {
        if (!this.outgoing.size) {
            return;
        }
        ev.preventDefault();
        await this.flush();
        if (!this.el.querySelector(".o_roadmap_offline:not(.d-none)")) {
            redirect(link.getAttribute("href"));
        }
    }

    /** Not stored: keep it on this device, and try again unless the page is closed to us. */
    refused(error) {
        const offline = error instanceof ConnectionLostError;
        this.outgoing.giveBack();
        if (error.code !== 404) {
            // One timer, and longer pauses each time: a server that comes back is not stormed.
            clearTimeout(this.retry);
            this.retry = this.waitForTimeout(() => this.flush(), this.retryDelay);
            this.retryDelay = Math.min(2 * this.retryDelay, RETRY_LIMIT);
        }
        this.show(".o_roadmap_offline", offline);
        this.show(".o_roadmap_lost", !offline);
    }

    stored(results) {
        const {_page: page, ...answers} = results;
        for (const [key, result] of Object.entries(answers)) {
            this.storedAnswer(Number(key), result);
        }
        this.progress(page);
        this.tellSaved();
        if (!this.outgoing.size) {
            this.refresh(new Set(page.visible));
        }
    }

    progress(page) {
        this.el.querySelector(".o_roadmap_done").textContent = page.done;
        this.el.querySelector(".o_roadmap_required").textContent = page.required;
    }

    tellSaved() {
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
        this.setVersion(el, result.version);
        this.show(".o_roadmap_carried", false, el);
        el.querySelectorAll(".o_roadmap_confirm").forEach((button) => button.remove());
    }

    setVersion(el, version) {
        const id = Number(el.dataset.question);
        this.versions.set(id, version);
        const hidden = el.querySelector(`[name="v_${id}"]`);
        if (hidden) {
            hidden.value = version;
        }
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
        const remove = ev.target.closest(".o_roadmap_remove");
        if (remove) {
            return this.removeFile(remove);
        }
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
        this.showAnswer(el, conflict);
        this.storedAnswer(id, {version: conflict.version});
        this.refresh();
    }

    showAnswer(el, answer) {
        writeValue(el, answer.value);
        const note = el.querySelector(".o_roadmap_note textarea");
        if (note) {
            note.value = answer.note || "";
        }
        if (answer.files) {
            showFiles(el, answer.files, this.url);
        }
    }

    // ------------------------------------------------------------------- news
    /** Tell that we are here; learn who else is and what they answered. */
    async fetchNews() {
        const {page} = this.form.dataset;
        const params = {code: page, versions: Object.fromEntries(this.versions)};
        try {
            if (document.visibilityState === "visible") {
                const news = await this.waitFor(rpc(`${this.url}/news`, params, {silent: true}));
                this.showNews(news);
            }
        } catch (error) {
            if (error.code === 404) {
                this.show(".o_roadmap_lost", true);
                return;
            }
        }
        this.waitForTimeout(() => this.fetchNews(), NEWS_DELAY);
    }

    showNews({others, answers, page}) {
        const line = this.el.querySelector(".o_roadmap_others");
        line.classList.toggle("d-none", !others.length);
        line.querySelector("span").textContent = others.join(", ");
        for (const [key, answer] of Object.entries(answers)) {
            this.showNewAnswer(Number(key), answer);
        }
        if (!this.outgoing.size) {
            this.progress(page);
            this.refresh(new Set(page.visible));
        }
    }

    /** Somebody else's answer takes its place, unless ours is about to go out or is being typed. */
    showNewAnswer(id, answer) {
        const el = this.question(id);
        const ours = this.outgoing.has(id) || this.conflicts.has(id) || (el && isTyping(el));
        if (!el || ours || answer.version <= this.versions.get(id)) {
            return;
        }
        this.setVersion(el, answer.version);
        if (el.dataset.closed) {
            return;
        }
        this.showAnswer(el, answer);
        this.show(".o_roadmap_carried", false, el);
        const by = el.querySelector(".o_roadmap_by");
        by.textContent = _t("%s answered this just now", answer.by || _t("Somebody else"));
    }

    // ---------------------------------------------------------------- threads
    async onAsk(ev, button) {
        const el = button.closest(".o_roadmap_question");
        const input = el.querySelector(".o_roadmap_thread textarea");
        const error = el.querySelector(".o_roadmap_error");
        const params = {question_id: Number(el.dataset.question), text: input.value};
        error.textContent = "";
        try {
            const result = await this.waitFor(rpc(`${this.url}/ask`, params, {silent: true}));
            if (result.error) {
                error.textContent = result.error;
                return;
            }
            const row = messageRow(result.message, input.value);
            el.querySelector(".o_roadmap_messages").append(row);
            input.value = "";
        } catch {
            error.textContent = _t("Your message could not be sent. Try again.");
        }
    }

    onGiveOne(ev, link) {
        ev.preventDefault();
        const box = this.el.querySelector("#give");
        box.open = true;
        box.querySelector("#give_what").value = link.dataset.give;
        box.scrollIntoView({behavior: "smooth"});
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
                    el.querySelector(".o_roadmap_files").append(fileRow(result.file, this.url));
                    this.progress(result.page);
                    this.tellSaved();
                }
            } catch {
                const message = _t("%s could not be sent. Try again.", file.name);
                el.querySelector(".o_roadmap_error").textContent = message;
            }
        }
        input.value = "";
    }

    removeFile(button) {
        const el = button.closest(".o_roadmap_question");
        button.closest("[data-file]").remove();
        this.queue(el, true);
        this.refresh();
        this.choosing();
    }
}

registry.category("public.interactions").add("roadmap_msp.questionnaire_page", QuestionnairePage);
