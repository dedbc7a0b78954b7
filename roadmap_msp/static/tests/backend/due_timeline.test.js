import {contains, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {DueTimeline} from "@roadmap_msp/backend/due_timeline/due_timeline";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

defineMailModels();

const COLUMNS = [
    {key: "earlier", label: "Earlier", year: "", from: false, to: "2026-06-30"},
    {key: "1", label: "Jul – Sep", year: "FY2027", from: "2026-07-01", to: "2026-09-30"},
    {key: "2", label: "Oct – Dec", year: "FY2027", from: "2026-10-01", to: "2026-12-31"},
    {key: "none", label: "No date", year: "", from: false, to: false},
];

async function mountTimeline(params = {roadmap_id: 4}) {
    onRpc("roadmap.asset", "get_due_timeline", ({kwargs}) => {
        expect.step(`${kwargs.by} ${kwargs.kind}`);
        return {
            columns: COLUMNS,
            rows: [{id: 3, name: "Laptop", cells: {earlier: 2, 2: 5, none: 1}}],
            domain: [["state", "!=", "retired"]],
            hidden: 7,
        };
    });
    mockService("action", {
        doAction: (action) => expect.step([action.name, action.domain]),
    });
    await mountWithCleanup(DueTimeline, {props: {action: {params}}});
}

test("cells count and open the list of exactly their devices", async () => {
    await mountTimeline();
    expect.verifySteps(["type_id replacement_due"]);
    expect(queryAllTexts("thead th")).toEqual([
        "Type",
        "Earlier",
        "FY2027",
        "No date",
        "Jul – Sep",
        "Oct – Dec",
    ]);
    expect(queryAllTexts("tbody td")).toEqual(["2", "", "5", "1"]);
    expect(".o_due_timeline p").toHaveText(/7 more rows/u);
    await contains(".o_due_count:eq(1)").click();
    await contains(".o_due_count:eq(2)").click();
    const row = [
        ["state", "!=", "retired"],
        ["type_id", "=", 3],
    ];
    expect.verifySteps([
        [
            "Laptop, Oct – Dec FY2027",
            [
                ...row,
                ["replacement_due", ">=", "2026-10-01"],
                ["replacement_due", "<=", "2026-12-31"],
            ],
        ],
        ["Laptop, No date", [...row, ["replacement_due", "=", false]]],
    ]);
});

test("other dates and rows are asked for anew", async () => {
    await mountTimeline({});
    await contains("button:contains(End of warranty)").click();
    await contains("button:contains(By type)").click();
    expect.verifySteps([
        "roadmap_id replacement_due",
        "roadmap_id warranty_end",
        "type_id warranty_end",
    ]);
    expect("button[aria-pressed=true]").toHaveCount(2);
});
