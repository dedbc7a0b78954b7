import {PageSaving} from "./page_saving";
import {_t} from "@web/core/l10n/translation";
import {fileRow} from "./rows";

/** Files of a page's answers; what else waits of their question waits for them. */
export class PageFiles extends PageSaving {
    setup() {
        super.setup();
        this.uploads = new Map();
    }

    /** One upload after the other for each question, so that none answers for an older state. */
    async upload(el, input) {
        const id = Number(el.dataset.question);
        const files = [...input.files];
        input.value = "";
        const before = this.uploads.get(id) || Promise.resolve();
        const turn = before.then(() => this.sendFiles(el, id, files));
        this.uploads.set(id, turn);
        await turn;
        if (this.uploads.get(id) === turn) {
            this.uploads.delete(id);
        }
    }

    /** @returns {Promise<boolean>} whether all of them were stored */
    async sendFiles(el, id, files) {
        if (this.outgoing.has(id)) {
            await this.flush();
        }
        this.outgoing.held.add(id);
        let all = true;
        for (const file of files) {
            all = (await this.sendFile(el, id, file)) && all;
        }
        this.outgoing.held.delete(id);
        this.flush();
        return all;
    }

    async sendFile(el, id, file) {
        const token = this.form.querySelector("[name=csrf_token]").value;
        const data = {csrf_token: token, question_id: id, file};
        try {
            const result = await this.waitFor(this.services.http.post(`${this.url}/upload`, data));
            this.storedAnswer(id, result);
            if (result.file) {
                el.querySelector(".o_roadmap_files").append(fileRow(result.file, this.url));
                if (this.outgoing.has(id)) {
                    this.queue(el);
                }
                this.progress(result.page);
                this.tellSaved();
            }
            return Boolean(result.file);
        } catch {
            const message = _t("%s could not be sent. Try again.", file.name);
            el.querySelector(".o_roadmap_error").textContent = message;
            return false;
        }
    }

    removeFile(button) {
        const el = button.closest(".o_roadmap_question");
        button.closest("[data-file]").remove();
        this.queue(el, true);
        this.refresh();
        this.choosing();
    }
}
