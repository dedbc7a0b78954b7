import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/**
 * When devices are due: a row per client or type, a column per fiscal quarter, cells that count.
 *
 * A cell opens the list of its devices.
 */
export class DueTimeline extends Component {
    static template = "roadmap_msp.DueTimeline";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        const {params, context} = this.props.action;
        this.roadmapId = params?.roadmap_id || context?.default_roadmap_id || false;
        this.state = useState({
            page: null,
            by: this.roadmapId ? "type_id" : "roadmap_id",
            kind: "replacement_due",
        });
        onWillStart(() => this.load());
    }

    async load() {
        const {by, kind} = this.state;
        this.state.page = await this.orm.call("roadmap.asset", "get_due_timeline", [], {
            roadmap_id: this.roadmapId,
            by,
            kind,
        });
    }

    get page() {
        return this.state.page;
    }

    get title() {
        return this.props.action.name || _t("Due Dates");
    }

    get rowTitle() {
        return this.state.by === "roadmap_id" ? _t("Client") : _t("Type");
    }

    get rowChoices() {
        return [
            {key: "roadmap_id", name: _t("By client")},
            {key: "type_id", name: _t("By type")},
        ];
    }

    get dateChoices() {
        return [
            {key: "replacement_due", name: _t("Replacement")},
            {key: "warranty_end", name: _t("End of warranty")},
            {key: "support_end", name: _t("End of support")},
        ];
    }

    /** Columns that stand together under one fiscal year; what has no year stands alone. */
    get years() {
        const years = [];
        for (const column of this.page.columns) {
            const last = years.at(-1);
            if (column.year && last?.name === column.year) {
                last.columns.push(column);
            } else {
                years.push({key: column.key, name: column.year, columns: [column]});
            }
        }
        return years;
    }

    isFirst(column) {
        return this.years.some((year) => year.name && year.key === column.key);
    }

    total(column) {
        return this.page.rows.reduce((sum, row) => sum + (row.cells[column.key] || 0), 0);
    }

    used(column) {
        return this.page.rows.some((row) => row.cells[column.key]);
    }

    async choose(name, value) {
        this.state[name] = value;
        await this.load();
    }

    /** The domain of a cell; without a row that of the whole column. */
    domain(column, row) {
        const {by, kind} = this.state;
        const days = [];
        if (column.key === "none") {
            days.push([kind, "=", false]);
        }
        if (column.from) {
            days.push([kind, ">=", column.from]);
        }
        if (column.to) {
            days.push([kind, "<=", column.to]);
        }
        return [...this.page.domain, ...(row ? [[by, "=", row.id]] : []), ...days];
    }

    open(column, row) {
        const place = column.year ? `${column.label} ${column.year}` : column.label;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: row ? `${row.name}, ${place}` : place,
            res_model: "roadmap.asset",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: this.domain(column, row),
        });
    }
}

registry.category("actions").add("roadmap_msp.due_timeline", DueTimeline);
