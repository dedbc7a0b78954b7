import {animationFrame, click, queryOne} from "@odoo/hoot-dom";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {setupInteractionWhiteList, startInteractions} from "@web/../tests/public/helpers";
import {browser} from "@web/core/browser/browser";

setupInteractionWhiteList("roadmap_msp.plan_point");
describe.current.tags("interaction_dev");

const URL = "/my/roadmap/proposal/3/decide";

function pointHtml() {
    return `
        <article class="o_roadmap_point" id="point-8" data-url="${URL}" data-line="8">
            <p class="o_roadmap_error d-none"></p>
            <button type="button" class="o_roadmap_answer" data-decision="approved">Yes</button>
            <button type="button" class="o_roadmap_open" data-panel="deferred"
                    aria-expanded="false">Not now</button>
            <button type="button" class="o_roadmap_open" data-panel="declined"
                    aria-expanded="false">No</button>
            <form class="o_roadmap_panel d-none" data-decision="deferred">
                <input type="date" name="until" value="2030-01-31"/>
                <input type="text" name="reason"/>
                <button type="submit">Later</button>
            </form>
            <form class="o_roadmap_panel d-none" data-decision="declined">
                <select name="choice"><option>Too expensive</option></select>
                <input type="text" name="reason"/>
                <button type="submit">No</button>
            </form>
        </article>`;
}

/** A server that takes every answer, or says what is wrong with it. */
function mockServer(result = {}) {
    onRpc(URL, async (request) => {
        const {params} = await request.json();
        expect.step(params);
        return result;
    });
}

const panel = (decision) => `form[data-decision=${decision}]`;
const opener = (decision) => `.o_roadmap_open[data-panel=${decision}]`;

beforeEach(() => {
    patchWithCleanup(browser.location, {reload: () => expect.step("reload")});
});

test("yes is one tap and the page is drawn anew", async () => {
    mockServer();
    await startInteractions(pointHtml());
    await click(".o_roadmap_answer");
    await animationFrame();
    expect.verifySteps([{line_id: 8, decision: "approved"}, "reload"]);
    expect(browser.location.hash).toBe("#point-8");
});

test("one panel is open at a time and a second tap closes it", async () => {
    await startInteractions(pointHtml());
    await click(opener("deferred"));
    expect(panel("deferred")).not.toHaveClass("d-none");
    expect(opener("deferred")).toHaveAttribute("aria-expanded", "true");
    await click(opener("declined"));
    expect(panel("deferred")).toHaveClass("d-none");
    expect(panel("declined")).not.toHaveClass("d-none");
    expect(opener("deferred")).toHaveAttribute("aria-expanded", "false");
    await click(opener("declined"));
    expect(panel("declined")).toHaveClass("d-none");
});

test("not now sends its date, and no reason where none was given", async () => {
    mockServer();
    await startInteractions(pointHtml());
    await click(opener("deferred"));
    await click(`${panel("deferred")} button`);
    await animationFrame();
    const until = "2030-01-31";
    expect.verifySteps([{line_id: 8, decision: "deferred", reason: "", until}, "reload"]);
});

test("no sends the chosen reason and the client's own words", async () => {
    mockServer();
    await startInteractions(pointHtml());
    await click(opener("declined"));
    queryOne(`${panel("declined")} [name=reason]`).value = " next year ";
    await click(`${panel("declined")} button`);
    await animationFrame();
    const reason = "Too expensive: next year";
    expect.verifySteps([{line_id: 8, decision: "declined", reason}, "reload"]);
});

test("what the server refuses is shown and nothing is drawn anew", async () => {
    mockServer({error: "There is a newer proposal."});
    await startInteractions(pointHtml());
    await click(".o_roadmap_answer");
    await animationFrame();
    expect.verifySteps([{line_id: 8, decision: "approved"}]);
    expect(".o_roadmap_error").toHaveText("There is a newer proposal.");
    await click(opener("deferred"));
    expect(".o_roadmap_error").toHaveClass("d-none");
});

test("an answer that does not arrive is said to be not stored", async () => {
    onRpc(URL, () => {
        throw new Error("no connection");
    });
    await startInteractions(pointHtml());
    await click(".o_roadmap_answer");
    await animationFrame();
    expect(queryOne(".o_roadmap_error").textContent).toMatch(/Nothing was stored/);
});
