import {LATEST_DELAY, RETRY_DELAY} from "./page_saving";
import {excludeOthers, readValue, writeValue} from "./fields";
import {FIRST_NEWS_DELAY, PageNews} from "./page_news";
import {_t} from "@web/core/l10n/translation";
import {conflictBox} from "./conflict";
import {redirect} from "@web/core/utils/urls";
import {registry} from "@web/core/registry";
import {messageRow} from "./rows";
import {rpc} from "@web/core/network/rpc";
import {visibleQuestions} from "./conditions";

export {FIRST_NEWS_DELAY, LATEST_DELAY, RETRY_DELAY};
export const TYPING_DELAY = 1000;
export const CHOICE_DELAY = 150;

/** A page of questions: every change is stored by itself, with its version. */
export class QuestionnairePage extends PageNews {
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
        _window: {
            "t-on-offline": () => this.show(".o_roadmap_offline", true),
            "t-on-online": () => this.onOnline(),
            "t-on-pagehide": () => this.flush(),
        },
    };

    setup() {
        super.setup();
        this.byId = new Map(this.questions.map((question) => [question.id, question]));
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
            if (el && !el.dataset.closed) {
                this.writeEntry(el, entry);
            }
        }
        this.refresh();
        this.flush();
        this.waitForTimeout(() => this.fetchNews(), FIRST_NEWS_DELAY);
    }

    // ------------------------------------------------------------------ input
    /** The connection is back: what waits is sent now; if that fails, it says so again. */
    onOnline() {
        this.show(".o_roadmap_offline", false);
        this.flush();
    }

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

    /** The last answer is stored before its page is left; without a connection it stays here. */
    async onLeave(ev, link) {
        if (!this.outgoing.size && !this.outgoing.held.size) {
            return;
        }
        ev.preventDefault();
        const stored = await Promise.all(this.uploads.values());
        await this.flush();
        if (!stored.includes(false) && !this.el.querySelector(".o_roadmap_offline:not(.d-none)")) {
            redirect(link.getAttribute("href"));
        }
    }

    // -------------------------------------------------------------- conflicts
    showConflict(el, conflict) {
        el.querySelector(".o_roadmap_conflict").replaceChildren(conflictBox(el, conflict));
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
        const {entry, version} = this.conflicts.get(id);
        this.versions.set(id, version);
        this.queue(el, "value" in entry);
        this.flush();
    }

    keepTheirs(el) {
        const id = Number(el.dataset.question);
        const conflict = this.conflicts.get(id);
        this.outgoing.drop(id);
        this.showAnswer(el, conflict);
        this.storedAnswer(id, {version: conflict.version});
        this.refresh();
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
}

registry.category("public.interactions").add("roadmap_msp.questionnaire_page", QuestionnairePage);
