import {contains, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {PlanTimeline} from "@roadmap_msp/backend/plan_timeline/plan_timeline";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

defineMailModels();

function page(items) {
    const quarters = [1, 2, 3, 4].map((n) => ({key: `FY2027 Q${n}`, label: `Q${n}`}));
    const cell = {count: 1, one_off: 100, recurring: 0, currencies: [], ids: [7]};
    const rows = [{id: 3, name: "Network", cells: {none: cell, "FY2027 Q2": cell}}];
    return {by: "category_id", years: [{key: "FY2027", quarters}], rows, count: 2, items};
}

async function mountTimeline(items, values = page(items)) {
    onRpc("roadmap.item", "get_timeline", () => values);
    mockService("action", {
        doAction: (action) => expect.step([action.res_model, action.res_id || action.domain]),
    });
    await mountWithCleanup(PlanTimeline, {props: {action: {params: {roadmap_id: 4}}}});
}

test("a chip opens its item; only columns in use stand beside the years", async () => {
    await mountTimeline({7: {id: 7, name: "Firewall", risk: "high", state: "idea"}});
    expect(queryAllTexts("thead th")).toEqual([
        "Area",
        "No date",
        "FY2027",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
    ]);
    await contains(".o_chip:eq(1)").click();
    expect.verifySteps([["roadmap.item", 7]]);
});

test("totals of each quarter and year, what recurs apart", async () => {
    const values = page(false);
    const cell = {count: 1, one_off: 200, recurring: 30, currencies: [1], ids: [8]};
    values.rows[0].cells = {"FY2027 Q1": cell, "FY2027 Q2": {...cell, one_off: 100}};
    await mountTimeline(false, values);
    expect(queryAllTexts("tfoot th")).toEqual([
        "One-off",
        "Per month",
        "One-off, year",
        "Per month, year",
    ]);
    const amounts = queryAllTexts("tfoot td").map((text) => text.replace(/\D/g, ""));
    expect(amounts.filter(Boolean)).toEqual(["200", "100", "30", "30", "300", "60"]);
});

test("too many items are counted and open as a list", async () => {
    await mountTimeline(false);
    expect(".o_chip").toHaveCount(0);
    await contains("td button:eq(0)").click();
    expect.verifySteps([["roadmap.item", [["id", "in", [7]]]]]);
});
