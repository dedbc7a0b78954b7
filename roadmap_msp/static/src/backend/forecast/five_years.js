import {FiveYearsChart, NO_AREA, colourAt} from "./five_years_chart";
import {columnsOf, namedYears} from "./five_years_columns";
import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const STAGES = ["planned", "quoted", "ordered", "invoiced", "paid"];
// Planned, quoted and ordered add up to the total; what happened stands apart from it.
const APART = ["invoiced", "paid"];

function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
}

/**
 * A client's money for five fiscal years: one-off and recurring, by technology area.
 *
 * A year opens to its quarters, a figure to the records behind it.
 */
export class FiveYears extends Component {
    static template = "roadmap_msp.FiveYears";
    static components = {FiveYearsChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        // Who comes back from the records behind a figure finds the page as it was left.
        const left = this.props.state?.left;
        this.state = useState({page: null, figure: "total", open: {}, chosen: [], ...left});
        useSetupAction({
            getLocalState: () => {
                const {figure, open, chosen} = this.state;
                return {left: {figure, open: {...open}, chosen: [...chosen]}};
            },
        });
        const {params, context} = this.props.action;
        this.roadmapId = params?.roadmap_id || context?.active_id;
        onWillStart(() => this.load());
    }

    async load() {
        if (!this.roadmapId) {
            return;
        }
        this.state.page = await this.orm.call(
            "roadmap.roadmap",
            "get_five_years",
            [[this.roadmapId]],
            {scenario_ids: this.state.chosen},
        );
    }

    // Figures -----------------------------------------------------------------------------------

    get page() {
        return this.state.page;
    }

    get figures() {
        return [
            {key: "low", name: _t("Low")},
            {key: "total", name: _t("Expected")},
            {key: "high", name: _t("High")},
        ];
    }

    get years() {
        return namedYears(this.page.years);
    }

    get columns() {
        return columnsOf(this.years, this.state.open);
    }

    rows(kind) {
        return this.page.rows.filter((row) => row.kind === kind);
    }

    get kinds() {
        return [
            {key: "one_off", name: _t("One-off"), rows: this.rows("one_off")},
            {key: "recurring", name: _t("Recurring"), rows: this.rows("recurring")},
        ].filter((kind) => kind.rows.length);
    }

    value(row, column, figure = this.state.figure) {
        const quarters = row[figure][column.year];
        return column.quarter === null ? sum(quarters) : quarters[column.quarter];
    }

    total(kind, column, figure = this.state.figure) {
        return sum(this.rows(kind).map((row) => this.value(row, column, figure)));
    }

    get thisYear() {
        return this.columns.find((column) => column.year === 0 && column.quarter === null);
    }

    monthly(kind) {
        return this.total(kind, this.thisYear) / 12;
    }

    get stages() {
        const names = {
            planned: _t("Planned"),
            quoted: _t("Quoted"),
            ordered: _t("Ordered"),
            invoiced: _t("Invoiced"),
            paid: _t("Paid"),
        };
        return STAGES.map((key) => ({key, name: names[key]}));
    }

    /** The stages in which any of the five years has money. */
    reached(kind) {
        const years = this.columns.filter((column) => column.quarter === null);
        return this.stages.filter((stage) =>
            years.some((column) => Math.round(this.total(kind, column, stage.key))),
        );
    }

    format(amount) {
        return formatCurrency(Math.round(amount), this.page.currency_id, {digits: [16, 0]});
    }

    /** An amount of nothing is a dash: quieter than a zero. */
    show(amount) {
        return Math.round(amount) ? this.format(amount) : "–";
    }

    // Chart -------------------------------------------------------------------------------------

    get categories() {
        const seen = new Map();
        for (const row of this.page.rows) {
            seen.set(row.category_id, row.name);
        }
        let areas = 0;
        return [...seen].map(([id, name]) => ({
            id,
            name,
            colour: id ? colourAt(areas++) : NO_AREA,
        }));
    }

    get chart() {
        const columns = this.years.map((_year, year) => ({year, quarter: null}));
        return {
            years: this.years,
            colours: Object.fromEntries(this.categories.map(({id, colour}) => [id, colour])),
            rows: this.page.rows
                .map((row) => ({...row, values: columns.map((column) => this.value(row, column))}))
                .filter((row) => row.values.some(Boolean)),
            format: (amount) => this.format(amount),
            onOpen: (row, year) => this.openFigure(row.kind, row, this.yearColumn(year)),
        };
    }

    yearColumn(index) {
        return this.columns.find((column) => column.year === index && column.quarter === null);
    }

    // Buttons -----------------------------------------------------------------------------------

    toggleYear(year) {
        this.state.open[year] = !this.state.open[year];
    }

    async toggleScenario(id) {
        const {chosen} = this.state;
        this.state.chosen = chosen.includes(id)
            ? chosen.filter((other) => other !== id)
            : [...chosen, id];
        await this.load();
    }

    /** The records behind one figure of the table, with the amounts that make it up. */
    openFigure(kind, row, column, stage = null) {
        const field = column.quarter === null ? "fiscal_year" : "fiscal_quarter";
        const domain = [[field, "=", column.key]];
        if (row) {
            domain.push(["category_id", "=", row.category_id]);
        }
        domain.push([`${kind}_${stage || this.state.figure}`, "!=", 0]);
        const name = [row?.name, column.key].filter(Boolean).join(", ");
        const figure = !stage ? this.state.figure : APART.includes(stage) ? stage : "total";
        return this.openRows(name, domain, [`${kind}_${figure}`]);
    }

    /** The records behind one year of the plan or of a scenario. */
    openCompared(kind, line, year) {
        const figure = `${kind}_total`;
        const domain = [
            ["fiscal_year", "=", year.year],
            [figure, "!=", 0],
        ];
        return this.openRows(`${line.name}, ${year.label}`, domain, [figure], line.id);
    }

    openGap(gap) {
        return this.openRows(gap.name, [["stage", "=", gap.stage]]);
    }

    openOrder(deposit) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "sale.order",
            res_id: deposit.order_id,
            views: [[false, "form"]],
        });
    }

    openUnscheduled() {
        const domain = [
            ["date", "=", false],
            "|",
            ["one_off_total", "!=", 0],
            ["recurring_total", "!=", 0],
        ];
        return this.openRows(_t("Without a date"), domain, ["one_off_total", "recurring_total"]);
    }

    /** The forecast's rows of a domain, with these amounts; none where they stand for a gap. */
    openRows(name, domain, figures = [], scenario = false) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: `${this.page.name}: ${name}`,
            res_model: "roadmap.forecast",
            views: [
                [false, "list"],
                [false, "pivot"],
                [false, "graph"],
            ],
            domain: [["roadmap_id", "=", this.roadmapId], ...domain],
            context: {
                forecast_roadmap_ids: [this.roadmapId],
                forecast_scenario_id: scenario,
                forecast_figures: figures,
                list_view_ref: "roadmap_msp.roadmap_forecast_view_list_figures",
            },
        });
    }

    async openPivot() {
        const action = await this.orm.call("roadmap.roadmap", "action_open_forecast", [
            [this.roadmapId],
        ]);
        return this.action.doAction(action);
    }

    openScenarios() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Scenarios"),
            res_model: "roadmap.scenario",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["roadmap_id", "=", this.roadmapId]],
            context: {default_roadmap_id: this.roadmapId},
        });
    }
}

registry.category("actions").add("roadmap_msp.five_years", FiveYears);
