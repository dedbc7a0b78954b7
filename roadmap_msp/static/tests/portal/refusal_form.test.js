import {describe, expect, test} from "@odoo/hoot";
import {contains, mountWithCleanup, onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {RefusalForm} from "@roadmap_msp/portal/plan/refusal_form";
import {animationFrame, queryOne, waitFor} from "@odoo/hoot-dom";
import {browser} from "@web/core/browser/browser";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const URL = "/my/roadmap/proposal/3/decide";
const PROPS = {
    url: URL,
    lineId: 8,
    name: "Olive Owner",
    earliest: "2030-01-01",
    until: "2030-03-01",
};

onRpc("/web/sign/get_fonts/", () => ({}));

/** A form that was explained; the pad's own library has been fetched. */
async function mountExplained() {
    const form = await mountWithCleanup(RefusalForm, {props: PROPS});
    await contains("#refusal-reason-8").edit("We sell the firm");
    await contains(".btn-outline-danger").click();
    await waitFor("canvas.o_web_sign_signature", {timeout: 5000});
    await animationFrame();
    return form;
}

/** The same and, without a hand that draws, signed. */
async function mountSigned() {
    const form = await mountExplained();
    form.signature.getSignatureImage = () => "data:image/png;base64,AAAA";
    form.signature.isSignatureEmpty = false;
    await animationFrame();
    return form;
}

test("without a reason or a date there is nothing to sign", async () => {
    await mountWithCleanup(RefusalForm, {props: PROPS});
    expect(".btn-outline-danger").not.toBeEnabled();
    expect(queryOne("#refusal-until-8").value).toBe("2030-03-01");
    expect("#refusal-until-8").toHaveAttribute("min", "2030-01-01");
    await contains("#refusal-reason-8").edit("  ");
    expect(".btn-outline-danger").not.toBeEnabled();
    await contains("#refusal-reason-8").edit("We sell the firm");
    expect(".btn-outline-danger").toBeEnabled();
});

test("an empty signature is not sent", async () => {
    await mountExplained();
    expect(".btn-danger").not.toBeEnabled();
    expect(".o_web_sign_name_group input").toHaveValue("Olive Owner");
});

test("reason, date, name and signature are sent together", async () => {
    patchWithCleanup(browser.location, {reload: () => expect.step("reload")});
    onRpc(URL, async (request) => {
        const {params} = await request.json();
        expect.step(params);
        return {};
    });
    await mountSigned();
    await contains(".btn-danger").click();
    await animationFrame();
    expect.verifySteps([
        {
            line_id: 8,
            decision: "declined",
            reason: "We sell the firm",
            until: "2030-03-01",
            signature: "AAAA",
            signed_by: "Olive Owner",
        },
        "reload",
    ]);
});

test("what the server refuses is shown and may be sent again", async () => {
    onRpc(URL, () => ({error: "Sign, please."}));
    await mountSigned();
    await contains(".btn-danger").click();
    await animationFrame();
    expect(".alert").toHaveText("Sign, please.");
    expect(".btn-danger").toBeEnabled();
});
