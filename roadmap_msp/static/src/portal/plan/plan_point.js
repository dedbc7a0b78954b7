import {browser} from "@web/core/browser/browser";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {Interaction} from "@web/public/interaction";
import {chosenOptions} from "@roadmap_msp/portal/plan/plan_options";

/** One point of the plan: the client says yes, not now, no, or asks to talk. */
export class PlanPoint extends Interaction {
    static selector = ".o_roadmap_point";
    dynamicContent = {
        ".o_roadmap_answer": {"t-on-click.prevent.withTarget": this.locked(this.onAnswer, true)},
        ".o_roadmap_open": {"t-on-click.prevent.withTarget": this.onOpen},
        "form.o_roadmap_panel": {
            "t-on-submit.prevent.withTarget": this.locked(this.onSubmit, true),
        },
    };

    get panels() {
        return [...this.el.querySelectorAll(".o_roadmap_panel")];
    }

    onOpen(ev, target) {
        const wanted = target.dataset.panel;
        this.showError("");
        for (const panel of this.panels) {
            const show = panel.dataset.decision === wanted && panel.classList.contains("d-none");
            panel.classList.toggle("d-none", !show);
            if (show) {
                panel.querySelector("input, select")?.focus({preventScroll: true});
                panel.scrollIntoView({behavior: "smooth", block: "nearest"});
            }
        }
        for (const button of this.el.querySelectorAll(".o_roadmap_open[aria-expanded]")) {
            const panel = this.panels.find((el) => el.dataset.decision === button.dataset.panel);
            button.setAttribute("aria-expanded", String(!panel.classList.contains("d-none")));
        }
    }

    onAnswer(ev, target) {
        const options = chosenOptions(this.el);
        return this.send(target.dataset.decision, options.length ? {options} : {});
    }

    onSubmit(ev, form) {
        const data = new FormData(form);
        const reason = (data.get("reason") || "").trim();
        const values = {reason: [data.get("choice"), reason].filter(Boolean).join(": ")};
        if (data.get("until")) {
            values.until = data.get("until");
        }
        return this.send(form.dataset.decision, values);
    }

    async send(decision, values) {
        this.showError("");
        const {url, line} = this.el.dataset;
        let result = {};
        try {
            const params = {line_id: Number(line), decision, ...values};
            result = await this.waitFor(rpc(url, params));
        } catch {
            result = {error: _t("That did not reach us. Nothing was stored; please try again.")};
        }
        if (result.error) {
            this.showError(result.error);
            return;
        }
        // The page is the truth: figures and states of other points may follow from this answer.
        browser.location.hash = this.el.id;
        browser.location.reload();
        await new Promise(() => {});
    }

    showError(text) {
        const box = this.el.querySelector(".o_roadmap_error");
        if (box) {
            box.textContent = text;
            box.classList.toggle("d-none", !text);
        }
    }
}

registry.category("public.interactions").add("roadmap_msp.plan_point", PlanPoint);
