import {excludeOthers, readValue, writeValue} from "./fields";
import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {visibleQuestions} from "./conditions";

/** The whole questionnaire for its author: it reacts as for a client, and stores nothing. */
export class QuestionnairePreview extends Interaction {
    static selector = ".o_roadmap_preview";
    dynamicContent = {
        ".o_roadmap_question": {
            "t-on-input.withTarget": this.onChange,
            "t-on-change.withTarget": this.onChange,
        },
        ".o_roadmap_clear": {"t-on-click.withTarget": this.onClear},
        ".o_roadmap_ask": {"t-on-click.prevent": () => {}},
        ".o_roadmap_reset": {"t-on-click": this.onReset},
        ".o_roadmap_show_all": {"t-on-change": this.refresh},
    };

    setup() {
        this.questions = JSON.parse(this.el.dataset.spec);
        this.byId = new Map(this.questions.map((question) => [question.id, question]));
        this.showAll = this.el.querySelector(".o_roadmap_show_all");
    }

    start() {
        this.el.querySelector(".o_roadmap_preview_bar").classList.remove("d-none");
        this.refresh();
    }

    question(id) {
        return this.el.querySelector(`.o_roadmap_question[data-question="${id}"]`);
    }

    onChange(ev, el) {
        const {target} = ev;
        if (!target.closest(".o_roadmap_note, .o_roadmap_thread")) {
            excludeOthers(el, target, this.byId.get(Number(el.dataset.question)));
            this.refresh();
        }
    }

    onClear(ev, button) {
        writeValue(button.closest(".o_roadmap_question"), null);
        this.refresh();
    }

    onReset() {
        for (const id of this.byId.keys()) {
            writeValue(this.question(id), null);
        }
        this.refresh();
    }

    /** Show what a client would see now; what is hidden from them stays pale, if that is wanted. */
    refresh() {
        const values = new Map();
        for (const id of this.byId.keys()) {
            values.set(id, readValue(this.question(id)));
        }
        const shown = visibleQuestions(this.questions, values);
        for (const [id, value] of values) {
            const box = this.question(id).closest(".o_roadmap_preview_question");
            const asked = shown.has(id);
            const empty = value === null || (Array.isArray(value) && !value.length);
            box.classList.toggle("d-none", !asked && !this.showAll.checked);
            box.classList.toggle("opacity-50", !asked);
            box.querySelector(".o_roadmap_clear")?.classList.toggle("d-none", empty);
        }
        for (const page of this.el.querySelectorAll("[data-page]")) {
            const asked = page.querySelectorAll(
                ".o_roadmap_preview_question:not(.d-none):not(.opacity-50)",
            );
            page.querySelector(".o_roadmap_page_count").textContent = asked.length;
        }
        this.el.querySelector(".o_roadmap_all_count").textContent = shown.size;
    }
}

registry
    .category("public.interactions")
    .add("roadmap_msp.questionnaire_preview", QuestionnairePreview);
