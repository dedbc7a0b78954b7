import {browser} from "@web/core/browser/browser";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {Interaction} from "@web/public/interaction";
import {chosenOptions, optionDifference} from "@roadmap_msp/portal/plan/plan_options";

/** Several points of the plan answered at once: tick them, then one button says what happens. */
export class PlanSeveral extends Interaction {
    static selector = ".o_roadmap_plan";
    dynamicContent = {
        ".o_roadmap_several_open": {"t-on-click.prevent": () => this.toggle(true)},
        ".o_roadmap_several_close": {"t-on-click.prevent": () => this.toggle(false)},
        ".o_roadmap_tick input, .o_roadmap_option input": {"t-on-change": () => this.show()},
        ".o_roadmap_several_answer": {
            "t-on-click.prevent.withTarget": this.locked(this.onAnswer, true),
        },
    };

    get points() {
        return [...this.el.querySelectorAll(".o_roadmap_point")].filter(
            (point) => point.querySelector(".o_roadmap_tick input")?.checked,
        );
    }

    toggle(open) {
        this.el.classList.toggle("o_roadmap_ticking", open);
        for (const box of this.el.querySelectorAll(".o_roadmap_tick input")) {
            box.checked = open;
        }
        this.show();
        if (open) {
            this.el.querySelector(".o_roadmap_tick input")?.focus({preventScroll: true});
        }
    }

    /** What the ticked points come to; one-off and monthly money apart. */
    show() {
        const points = this.points;
        const bar = this.el.querySelector(".o_roadmap_several");
        if (!bar) {
            return;
        }
        const count = bar.querySelector(".o_roadmap_several_count");
        count.textContent = points.length === 1 ? _t("1 point") : _t("%s points", points.length);
        const sum = (key) =>
            points.reduce(
                (total, point) =>
                    total + Number(point.dataset[key] || 0) + optionDifference(point, key),
                0,
            );
        const once = sum("once");
        const monthly = sum("monthly");
        const parts = once || !monthly ? [this.money(once)] : [];
        if (monthly) {
            parts.push(_t("%s per month", this.money(monthly)));
        }
        bar.querySelector(".o_roadmap_several_total").textContent = parts.join(" + ");
        for (const button of bar.querySelectorAll(".o_roadmap_several_answer")) {
            button.disabled = !points.length;
        }
    }

    money(amount) {
        const {before, after} = this.el.querySelector(".o_roadmap_several").dataset;
        const language = document.documentElement.lang || "en";
        const text = new Intl.NumberFormat(language, {maximumFractionDigits: 0}).format(amount);
        return `${before || ""}${text}${after || ""}`;
    }

    async onAnswer(ev, button) {
        this.showError("");
        const groups = new Map();
        for (const point of this.points) {
            const {url, line} = point.dataset;
            groups.set(url, [...(groups.get(url) || []), Number(line)]);
        }
        const decision = button.dataset.decision;
        const values = {};
        const until = this.el.querySelector(".o_roadmap_several input[name='until']")?.value;
        if (decision === "deferred") {
            values.until = until || "";
        }
        let error = "";
        for (const [url, lines] of groups) {
            const options = this.points.flatMap((point) => chosenOptions(point));
            const params = {line_ids: lines, decision, options, ...values};
            try {
                const result = await this.waitFor(rpc(url, params));
                error ||= result.error;
            } catch {
                error ||= _t("That did not reach us. Nothing was stored; please try again.");
            }
        }
        if (error) {
            this.showError(error);
            return;
        }
        browser.location.reload();
        await new Promise(() => {});
    }

    showError(text) {
        const box = this.el.querySelector(".o_roadmap_several .o_roadmap_several_error");
        box.textContent = text;
        box.classList.toggle("d-none", !text);
    }
}

registry.category("public.interactions").add("roadmap_msp.plan_several", PlanSeveral);
