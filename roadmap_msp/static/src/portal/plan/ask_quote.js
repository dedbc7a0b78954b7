import {browser} from "@web/core/browser/browser";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {Interaction} from "@web/public/interaction";

/** "Please quote this": asks for a price and decides nothing. */
export class AskQuote extends Interaction {
    static selector = ".o_roadmap_ask_quote";
    dynamicContent = {
        button: {"t-on-click.prevent": this.locked(this.onAsk, true)},
    };

    async onAsk() {
        const {url, line} = this.el.dataset;
        let result = {};
        try {
            result = await this.waitFor(rpc(url, {line_id: Number(line)}));
        } catch {
            result = {error: _t("That did not reach us. Nothing was stored; please try again.")};
        }
        if (result.error) {
            this.el.querySelector(".o_roadmap_ask_error").textContent = result.error;
            return;
        }
        browser.location.hash = `point-${line}`;
        browser.location.reload();
        await new Promise(() => {});
    }
}

registry.category("public.interactions").add("roadmap_msp.ask_quote", AskQuote);
