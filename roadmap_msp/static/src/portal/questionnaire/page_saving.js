import {ConnectionLostError, rpc} from "@web/core/network/rpc";
import {Interaction} from "@web/public/interaction";
import {Outgoing} from "./outgoing";
import {_t} from "@web/core/l10n/translation";
import {readValue} from "./fields";

export const RETRY_DELAY = 10000;
export const RETRY_LIMIT = 60000;
/** Who types without a pause is stored by then: within two seconds with the way to the server. */
export const LATEST_DELAY = 1500;

/** What every change of a page goes through: kept on the device, sent in turn, with its version. */
export class PageSaving extends Interaction {
    setup() {
        this.form = this.el.querySelector(".o_roadmap_questions");
        this.questions = JSON.parse(this.form.dataset.spec);
        this.versions = new Map(this.questions.map((row) => [row.id, row.version]));
        this.conflicts = new Map();
        this.url = `/my/roadmap/questionnaire/${this.form.dataset.run}`;
        const {run, page, person} = this.form.dataset;
        this.outgoing = new Outgoing(`roadmap_msp.answers.${person}.${run}.${page}`);
        this.sending = false;
        this.retryDelay = RETRY_DELAY;
    }

    question(id) {
        return this.el.querySelector(`.o_roadmap_question[data-question="${id}"]`);
    }

    show(selector, visible, root = this.el) {
        for (const el of root.querySelectorAll(selector)) {
            el.classList.toggle("d-none", !visible);
        }
    }

    /** Note what a question says now, to be sent; of files only where some were taken off. */
    queue(el, withFiles = false) {
        const id = Number(el.dataset.question);
        const entry = {version: this.versions.get(id)};
        if (el.dataset.type !== "file" || withFiles || "value" in this.outgoing.entry(id)) {
            entry.value = readValue(el);
        }
        const note = el.querySelector(".o_roadmap_note textarea");
        if (note) {
            entry.note = note.value;
        }
        this.outgoing.add(id, entry);
        this.latest ??= this.waitForTimeout(() => {
            this.latest = null;
            this.flush();
        }, LATEST_DELAY);
    }

    /** Send what waits; the promise is kept when nothing waits or is under way any more. */
    flush() {
        if (!this.sending && this.outgoing.ready) {
            this.flight = this.send();
        }
        return this.flight;
    }

    async send() {
        this.sending = true;
        clearTimeout(this.latest);
        this.latest = null;
        const sent = this.outgoing.take();
        const values = Object.fromEntries(sent);
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
            this.stored(results, sent);
        } catch (error) {
            this.refused(error);
            return;
        } finally {
            this.sending = false;
        }
        if (this.outgoing.ready) {
            await this.send();
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

    stored(results, sent) {
        const {_page: page, ...answers} = results;
        for (const [key, result] of Object.entries(answers)) {
            this.storedAnswer(Number(key), result, sent.get(Number(key)));
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

    /** @param {object} entry what was sent of the question, if it was that */
    storedAnswer(id, result, entry = {}) {
        const el = this.question(id);
        if (!el) {
            return;
        }
        el.querySelector(".o_roadmap_error").textContent = result.error || "";
        if (result.conflict && this.outgoing.arrived(id, result.conflict)) {
            // Ours was stored, only the reply got lost: what came after it is no conflict.
            const {version} = result.conflict;
            this.setVersion(el, version);
            this.outgoing.add(id, {...entry, ...this.outgoing.entry(id), version});
            return;
        }
        if (result.conflict) {
            const conflict = {...result.conflict, entry};
            this.conflicts.set(id, conflict);
            this.showConflict(el, conflict);
            return;
        }
        this.conflicts.delete(id);
        el.querySelector(".o_roadmap_conflict").replaceChildren();
        if (result.error) {
            return;
        }
        this.setVersion(el, result.version);
        this.outgoing.renew(id, result.version);
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
}
