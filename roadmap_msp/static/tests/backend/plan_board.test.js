import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

describe.current.tags("desktop");

const DOLLAR = 1;
const EURO = 2;

class Item extends models.Model {
    _name = "roadmap.item";

    name = fields.Char();
    fiscal_period = fields.Char();
    currency_id = fields.Many2one({relation: "res.currency"});
    amount_one_off = fields.Monetary({currency_field: "currency_id", aggregator: "sum"});
    amount_recurring = fields.Monetary({currency_field: "currency_id", aggregator: "sum"});
}

defineMailModels();
defineModels([Item]);

function item(id, fiscal_period, amount_one_off, amount_recurring, currency_id = DOLLAR) {
    const name = `Item ${id}`;
    return {id, name, fiscal_period, amount_one_off, amount_recurring, currency_id};
}

async function mountBoard(records) {
    serverState.currencies = [
        {id: DOLLAR, name: "USD", symbol: "$", position: "before"},
        {id: EURO, name: "EUR", symbol: "€", position: "after"},
    ];
    Item._records = records;
    onRpc("get_board_start_month", () => 7);
    await mountView({
        resModel: "roadmap.item",
        type: "kanban",
        groupBy: ["fiscal_period"],
        arch: `
            <kanban js_class="roadmap_plan_board">
                <field name="currency_id"/>
                <templates><t t-name="card">
                    <field name="name"/>
                    <field name="amount_one_off"/>
                    <field name="amount_recurring"/>
                </t></templates>
            </kanban>`,
    });
}

const totals = () =>
    queryAllTexts(".o_roadmap_board_totals").map((text) => text.replace(/\s+/g, " "));

test("a column names its one-off and its monthly money, never added together", async () => {
    await mountBoard([
        item(1, "FY27 Q1", 12800, 0),
        item(2, "FY27 Q1", 1200, 90),
        item(3, "FY27 Q2", 0, 20),
        item(4, "FY27 Q3", 0, 0),
    ]);
    expect(totals()).toEqual([
        "$ 14,000 one-off · $ 90 per month",
        "$ 20 per month",
        "nothing planned",
    ]);
});

test("each fiscal year says what it comes to, whatever its columns", async () => {
    await mountBoard([
        item(1, "FY2027 Q1", 12800, 0),
        item(2, "FY2027 Q3", 1200, 90),
        item(3, "FY2028 Q1", 0, 20),
        item(4, "FY2029", 500, 0),
        item(5, false, 700, 0),
    ]);
    const years = queryAllTexts(".o_roadmap_board_years > div");
    expect(years.map((text) => text.replace(/\s+/g, " "))).toEqual([
        "FY2027:$ 14,000 one-off · $ 90 per month",
        "FY2028:$ 20 per month",
        "FY2029:$ 500 one-off",
    ]);
});

test("currencies are not added up", async () => {
    await mountBoard([item(1, "FY27 Q1", 100, 0), item(2, "FY27 Q1", 100, 0, EURO)]);
    expect(totals()).toEqual(["several currencies"]);
});

test("what has no date stands under its own name", async () => {
    await mountBoard([item(1, false, 100, 0)]);
    expect(".o_column_title").toHaveText(/Not scheduled/);
});

test("a quarter says which months it holds for the client", async () => {
    await mountBoard([item(1, "FY27 Q1", 100, 0), item(2, "FY27 Q3", 100, 0)]);
    expect(queryAllTexts(".o_roadmap_board_months")).toEqual(["Jul-Sep", "Jan-Mar"]);
});
