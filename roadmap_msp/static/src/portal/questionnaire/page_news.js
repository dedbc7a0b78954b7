import {isTyping, showFiles} from "./rows";
import {PageFiles} from "./page_files";
import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {writeValue} from "./fields";

export const FIRST_NEWS_DELAY = 2000;
export const NEWS_DELAY = 20000;

/** What others answer while the page is open, and answers that come from elsewhere at all. */
export class PageNews extends PageFiles {
    showAnswer(el, answer) {
        this.writeEntry(el, {...answer, note: answer.note || ""});
        if (answer.files) {
            showFiles(el, answer.files, this.url);
        }
    }

    /** Show the parts of an answer that are given. */
    writeEntry(el, entry) {
        if ("value" in entry) {
            writeValue(el, entry.value);
        }
        const note = el.querySelector(".o_roadmap_note");
        if (note && "note" in entry) {
            note.querySelector("textarea").value = entry.note;
            note.open ||= Boolean(entry.note);
        }
    }

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
}
