import {animationFrame, click, queryAll} from "@odoo/hoot-dom";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {setupInteractionWhiteList, startInteractions} from "@web/../tests/public/helpers";
import {browser} from "@web/core/browser/browser";

setupInteractionWhiteList("roadmap_msp.plan_several");
describe.current.tags("interaction_dev");

const URL = "/my/roadmap/proposal/3/decide";

const point = (line, once, monthly) => `
    <article class="o_roadmap_point" data-url="${URL}" data-line="${line}"
             data-once="${once}" data-monthly="${monthly}">
        <label class="o_roadmap_tick"><input type="checkbox"/></label>
        <label class="o_roadmap_option">
            <input type="radio" name="option-${line}" value="${line}1" checked="checked"
                   data-once="${once}" data-monthly="${monthly}"/>
            <input type="radio" name="option-${line}" value="${line}2" class="other"
                   data-once="0" data-monthly="45"/>
        </label>
    </article>`;

const page = `
    <div class="o_roadmap_plan">
        <button type="button" class="o_roadmap_several_open">Several</button>
        <div class="o_roadmap_several" data-before="$" data-after="">
            <span class="o_roadmap_several_count"></span>
            <span class="o_roadmap_several_total"></span>
            <button type="button" class="o_roadmap_several_answer" data-decision="approved">
                Yes
            </button>
            <input type="date" name="until" value="2030-01-31"/>
            <button type="button" class="o_roadmap_several_answer" data-decision="deferred">
                Later
            </button>
            <div class="o_roadmap_several_error d-none"></div>
        </div>
        ${point(8, 3000, 20)}${point(9, 200, 0)}
    </div>`;

function mockServer(result = {}) {
    onRpc(URL, async (request) => {
        const {params} = await request.json();
        expect.step(params);
        return result;
    });
}

beforeEach(() => {
    patchWithCleanup(browser.location, {reload: () => expect.step("reload")});
});

test("what is ticked is summed, money apart, and answered at once", async () => {
    mockServer();
    await startInteractions(page);
    await click(".o_roadmap_several_open");
    expect(".o_roadmap_several_count").toHaveText("2 points");
    expect(".o_roadmap_several_total").toHaveText("$3,200 + $20 per month");
    await click(queryAll(".o_roadmap_tick input")[0]);
    expect(".o_roadmap_several_count").toHaveText("1 point");
    expect(".o_roadmap_several_total").toHaveText("$200");
    await click(queryAll(".other")[1]);
    expect(".o_roadmap_several_total").toHaveText("$45 per month");
    await click(queryAll(".o_roadmap_tick input")[0]);
    await click(".o_roadmap_several_answer[data-decision=approved]");
    await animationFrame();
    expect.verifySteps([{line_ids: [8, 9], decision: "approved", options: [81, 92]}, "reload"]);
});

test("what the server refuses is said and nothing is drawn anew", async () => {
    mockServer({error: "Not yours"});
    await startInteractions(page);
    await click(".o_roadmap_several_open");
    await click(".o_roadmap_several_answer[data-decision=deferred]");
    await animationFrame();
    expect(".o_roadmap_several_error").toHaveText("Not yours");
    expect.verifySteps([
        {line_ids: [8, 9], decision: "deferred", options: [81, 91], until: "2030-01-31"},
    ]);
});
