import {contains, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {FiveYears} from "@roadmap_msp/backend/forecast/five_years";
import {NO_AREA} from "@roadmap_msp/backend/forecast/five_years_chart";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

defineMailModels();

const FIGURES = ["total", "low", "high", "planned", "quoted", "ordered", "invoiced", "paid"];

function years() {
    return [0, 1, 2, 3, 4].map((n) => ({
        year: String(2027 + n),
        from: `${2026 + n}-07-01`,
        to: `${2027 + n}-06-30`,
    }));
}

function row(kind, amount) {
    const quarters = years().map(() => [amount, 0, 0, amount]);
    const figures = Object.fromEntries(FIGURES.map((figure) => [figure, quarters]));
    const low = years().map(() => [amount / 2, 0, 0, 0]);
    return {kind, category_id: 5, name: "Hardware", ...figures, low};
}

function page() {
    return {
        name: "Orchard Law",
        currency_id: false,
        years: years(),
        rows: [row("one_off", 1000), row("recurring", 60)],
        unscheduled: {one_off: 0, recurring: 0},
        gaps: [{stage: "no_price", name: "Price unknown", count: 3}],
        guide: [],
        advice: [],
        deposits: [{order_id: 9, name: "S00009", amount: 100}],
        advanced: false,
        scenarios: [],
        compared: [],
    };
}

async function mountPage(more = {}) {
    onRpc("roadmap.roadmap", "get_five_years", () => ({...page(), ...more}));
    await mountWithCleanup(FiveYears, {props: {action: {params: {roadmap_id: 4}}}});
}

test("one-off and recurring stand apart, the year opens to its quarters", async () => {
    await mountPage();
    expect(".o_five_years_figure").toHaveText("2,000");
    expect(queryAllTexts(".o_five_years_total th")).toEqual(["One-off", "Recurring"]);
    expect(queryAllTexts(".o_five_years_table thead th").slice(1, 3)).toEqual(["FY27", "FY28"]);
    await contains(".o_five_years_table thead th:nth-child(2) button").click();
    expect(queryAllTexts(".o_five_years_table thead th").slice(1, 6)).toEqual([
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "FY27",
    ]);
    await contains("button:contains(Low)").click();
    expect(".o_five_years_figure").toHaveText("500");
});

test("who comes back finds the page as it was left", async () => {
    const left = {figure: "low", open: {2028: true}, chosen: [7]};
    onRpc("roadmap.roadmap", "get_five_years", ({kwargs}) => {
        expect.step(kwargs.scenario_ids.join());
        return page();
    });
    const action = {params: {roadmap_id: 4}};
    await mountWithCleanup(FiveYears, {props: {action, state: {left}}});
    expect(".o_five_years_figure").toHaveText("500");
    expect(queryAllTexts(".o_five_years_table thead th").slice(1, 4)).toEqual(["FY27", "Q1", "Q2"]);
    expect.verifySteps(["7"]);
});

test("a figure and a gap open their records", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(JSON.stringify(action.domain));
            expect.step(action.context.forecast_figures.join());
        },
    });
    await mountPage();
    await contains(".o_five_years_cell:first").click();
    await contains("button:contains(Price unknown)").click();
    expect("button:contains(Deposit on S00009)").toHaveText(/until the final invoice:\s*100/);
    expect.verifySteps([
        JSON.stringify([
            ["roadmap_id", "=", 4],
            ["fiscal_year", "=", "2027"],
            ["category_id", "=", 5],
            ["one_off_total", "!=", 0],
        ]),
        "one_off_total",
        JSON.stringify([
            ["roadmap_id", "=", 4],
            ["stage", "=", "no_price"],
        ]),
        "",
    ]);
});

test("totals, ranges, actuals and scenarios open with the amounts that make them up", async () => {
    mockService("action", {
        doAction({domain, context}) {
            const {forecast_figures: figures, forecast_scenario_id: scenario} = context;
            expect.step(JSON.stringify([domain.slice(1), figures, scenario]));
        },
    });
    const line = {id: 7, name: "Later", years: [10, 20, 0, 0, 0], total: 30, difference: -5};
    await mountPage({advanced: true, compared: [{kind: "one_off", lines: [line]}]});
    await contains("button:contains(High)").click();
    await contains(".o_five_years_total button:first").click();
    await contains("button:contains(Low)").click();
    await contains(".o_five_years_cell:first").click();
    await contains(".o_five_years_stages tr:contains(One-off, Invoiced) button:first").click();
    await contains(".o_five_years_stages tr:contains(One-off, Ordered) button:first").click();
    await contains(".o_five_years_scenarios td button:eq(1)").click();
    const year = ["fiscal_year", "=", "2027"];
    const area = ["category_id", "=", 5];
    const steps = [
        [[year, ["one_off_high", "!=", 0]], ["one_off_high"], false],
        [[year, area, ["one_off_low", "!=", 0]], ["one_off_low"], false],
        [[year, ["one_off_invoiced", "!=", 0]], ["one_off_invoiced"], false],
        [[year, ["one_off_ordered", "!=", 0]], ["one_off_total"], false],
        [
            [
                ["fiscal_year", "=", "2028"],
                ["one_off_total", "!=", 0],
            ],
            ["one_off_total"],
            7,
        ],
    ];
    expect.verifySteps(steps.map((step) => JSON.stringify(step)));
});

test("what has no technology area has a colour of its own, however many there are", () => {
    const rows = [...Array(30).keys()].map((id) => ({category_id: id + 1, name: ""}));
    const {categories} = Object.create(FiveYears.prototype, {
        page: {value: {rows: [...rows, {category_id: false, name: "No technology area"}]}},
    });
    const colours = categories.map(({colour}) => colour);
    expect(new Set(colours).size).toBe(31);
    expect(colours.at(-1)).toBe(NO_AREA);
});
