import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/**
 * The plan over five fiscal years: a row per technology area or client, a column per quarter.
 *
 * A chip opens its item; where there are too many to read, a cell tells their number and opens
 * them as a list.
 */
export class PlanTimeline extends Component {
    static template = "roadmap_msp.PlanTimeline";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        const {params, context} = this.props.action;
        this.roadmapId = params?.roadmap_id || context?.default_roadmap_id || false;
        this.state = useState({page: null, by: this.roadmapId ? "category_id" : "roadmap_id"});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.page = await this.orm.call("roadmap.item", "get_timeline", [], {
            roadmap_id: this.roadmapId,
            by: this.state.by,
        });
    }

    get page() {
        return this.state.page;
    }

    get title() {
        return this.props.action.name || _t("Timeline");
    }

    get rowTitle() {
        return this.state.by === "roadmap_id" ? _t("Client") : _t("Area");
    }

    get choices() {
        return [
            {key: "category_id", name: _t("By area")},
            {key: "roadmap_id", name: _t("By client")},
        ];
    }

    used(key) {
        return this.page.rows.some((row) => row.cells[key]);
    }

    /** Columns beside the five years, only where they hold something. */
    get outside() {
        const names = [
            {key: "none", name: _t("No date"), before: true},
            {key: "earlier", name: _t("Earlier"), before: true},
            {key: "later", name: _t("Later"), before: false},
        ];
        return names.filter((column) => this.used(column.key));
    }

    get before() {
        return this.outside.filter((column) => column.before);
    }

    get after() {
        return this.outside.filter((column) => !column.before);
    }

    get columns() {
        const quarters = this.page.years.flatMap((year) => year.quarters);
        return [...this.before, ...quarters, ...this.after];
    }

    cell(row, column) {
        return row.cells[column.key];
    }

    chips(cell) {
        return cell.ids.map((id) => this.page.items[id]);
    }

    /** Money of one kind ("one_off", "recurring") in columns; nothing where currencies differ. */
    total(columns, kind) {
        const keys = columns.map((column) => column.key);
        const cells = this.page.rows
            .flatMap((row) => keys.map((key) => row.cells[key]))
            .filter(Boolean);
        const currencies = new Set(cells.flatMap((cell) => cell.currencies));
        const amount = cells.reduce((sum, cell) => sum + cell[kind], 0);
        return currencies.size === 1 && amount
            ? formatCurrency(Math.round(amount), [...currencies][0], {digits: [16, 0]})
            : "";
    }

    /** Kinds of money under the columns; what recurs only where something does. */
    get kinds() {
        const kinds = [
            {key: "one_off", name: _t("One-off"), year: _t("One-off, year")},
            {key: "recurring", name: _t("Per month"), year: _t("Per month, year")},
        ];
        const recurs = this.page.rows.some((row) =>
            Object.values(row.cells).some((cell) => cell.recurring),
        );
        return recurs ? kinds : kinds.slice(0, 1);
    }

    async choose(by) {
        this.state.by = by;
        await this.load();
    }

    openItem(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "roadmap.item",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openCell(row, column, cell) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: `${row.name}, ${column.name || column.key}`,
            res_model: "roadmap.item",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["id", "in", cell.ids]],
        });
    }
}

registry.category("actions").add("roadmap_msp.plan_timeline", PlanTimeline);
