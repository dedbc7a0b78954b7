import {Interaction} from "@web/public/interaction";
import {readValue} from "./fields";
import {registry} from "@web/core/registry";

const SETTLE = 60;

/** One button under the thumb of a phone: to the next open question, then to the next page. */
export class NextBar extends Interaction {
    static selector = ".o_roadmap_next_bar";
    dynamicContent = {
        ".o_roadmap_next": {"t-on-click": this.onNext},
    };

    setup() {
        this.page = this.el.closest(".o_roadmap_page");
        this.button = this.el.querySelector(".o_roadmap_next");
        this.update = this.debounced(() => this.show(), SETTLE);
    }

    start() {
        this.el.classList.remove("d-none");
        for (const name of ["scroll", "input", "change", "click"]) {
            // Captured: scrolling does not bubble, and any part of the page may scroll.
            this.addListener(document, name, this.update, {capture: true, passive: true});
        }
        this.addListener(window, "resize", this.update);
        this.show();
    }

    /** The first question further down that still wants an answer or to be confirmed. */
    next() {
        const bottom = this.el.getBoundingClientRect().top || window.innerHeight;
        const head = this.page.querySelector(".o_roadmap_page_head");
        const top = head ? head.getBoundingClientRect().bottom : 0;
        return [...this.page.querySelectorAll(".o_roadmap_question:not(.d-none)")].find((el) => {
            const rect = el.getBoundingClientRect();
            return rect.bottom > bottom && rect.top > top + SETTLE && this.isOpen(el);
        });
    }

    isOpen(el) {
        if (el.dataset.closed) {
            return false;
        }
        const value = readValue(el);
        const empty = value === null || (Array.isArray(value) && !value.length);
        return empty || Boolean(el.querySelector(".o_roadmap_confirm"));
    }

    get forward() {
        return this.page.querySelector(".o_roadmap_forward");
    }

    show() {
        const {next} = this.button.dataset;
        this.button.textContent = this.next() ? next : this.forward.textContent.trim();
    }

    onNext() {
        const question = this.next();
        if (question) {
            question.scrollIntoView({behavior: "smooth", block: "start"});
        } else {
            this.forward.click();
        }
    }
}

registry.category("public.interactions").add("roadmap_msp.next_bar", NextBar);
