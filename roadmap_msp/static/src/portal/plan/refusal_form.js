import {Component, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {NameAndSignature} from "@web/core/signature/name_and_signature";

/** Refusing a critical risk: a reason, the date on which we ask again, a name and a signature. */
export class RefusalForm extends Component {
    static template = "roadmap_msp.RefusalForm";
    static components = {NameAndSignature};
    static props = ["url", "lineId", "name", "earliest", "until"];

    setup() {
        this.state = useState({
            reason: "",
            until: this.props.until,
            signing: false,
            error: "",
            sending: false,
        });
        this.signature = useState({
            name: this.props.name,
            getSignatureImage: () => "",
            resetSignature: () => {},
        });
    }

    get signatureProps() {
        return {
            signature: this.signature,
            fontColor: "black",
            displaySignatureRatio: 2.5,
            mode: "draw",
        };
    }

    get explained() {
        return Boolean(this.state.reason.trim() && this.state.until);
    }

    get ready() {
        const signed = this.signature.name && !this.signature.isSignatureEmpty;
        return Boolean(this.explained && signed && !this.state.sending);
    }

    async submit() {
        this.state.error = "";
        this.state.sending = true;
        let result = {};
        try {
            result = await rpc(this.props.url, {
                line_id: this.props.lineId,
                decision: "declined",
                reason: this.state.reason,
                until: this.state.until,
                signature: this.signature.getSignatureImage().split(",")[1] || "",
                signed_by: this.signature.name,
            });
        } catch {
            result = {error: _t("That did not reach us. Nothing was stored; please try again.")};
        }
        if (result.error) {
            this.state.error = result.error;
            this.state.sending = false;
            return;
        }
        browser.location.hash = `point-${this.props.lineId}`;
        browser.location.reload();
    }
}

registry.category("public_components").add("roadmap_msp.refusal", RefusalForm);
