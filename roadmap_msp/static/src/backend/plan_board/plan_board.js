import {onWillStart, useSubEnv} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {monthsOfLane} from "./lane_months";
import {registry} from "@web/core/registry";
import {formatMonetary} from "@web/views/fields/formatters";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {KanbanHeader} from "@web/views/kanban/kanban_header";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {useService} from "@web/core/utils/hooks";

const AMOUNTS = [
    {name: "amount_one_off", type: "monetary"},
    {name: "amount_recurring", type: "monetary"},
];

/** A column of the board: the quarter, and its one-off and monthly money apart. */
export class PlanBoardHeader extends KanbanHeader {
    static template = "roadmap_msp.PlanBoardHeader";

    get title() {
        const lanes = ["board_lane", "fiscal_period"];
        const named = !lanes.includes(this.group.groupByField.name) || this.group.value;
        return named ? this.group.displayName : _t("Not scheduled");
    }

    /** "Jul-Sep": what the quarter means for the client; empty where clients differ. */
    get months() {
        return monthsOfLane(this.group.value, this.env.roadmapCalendar?.month);
    }

    /** The sums of what the column holds, or false where its currencies differ. */
    get totals() {
        const {records, count} = this.group.list;
        const loaded = records.length === count;
        const currencies = new Set(records.map((record) => record.data.currency_id?.id));
        if (currencies.size > 1) {
            return false;
        }
        const [currencyId] = currencies;
        // Cards that were just dropped count at once; long columns rely on the server's sums.
        const sum = ({name}) =>
            loaded
                ? records.reduce((total, record) => total + record.data[name], 0)
                : this.group.aggregates[name];
        const [oneOff, monthly] = AMOUNTS.map((field) => sum(field) || 0);
        const show = (value) => formatMonetary(value, {currencyId, digits: [69, 0]});
        return {
            oneOff: oneOff && show(oneOff),
            monthly: monthly && show(monthly),
        };
    }
}

export class PlanBoardRenderer extends KanbanRenderer {
    static components = {...KanbanRenderer.components, KanbanHeader: PlanBoardHeader};
}

export class PlanBoardController extends KanbanController {
    setup() {
        super.setup();
        const calendar = {month: false};
        const orm = useService("orm");
        useSubEnv({roadmapCalendar: calendar});
        onWillStart(async () => {
            const {context} = this.props;
            calendar.month = await orm.call("roadmap.item", "get_board_start_month", [], {context});
        });
    }

    get progressBarAggregateFields() {
        return [...super.progressBarAggregateFields, ...AMOUNTS];
    }
}

export const planBoardView = {
    ...kanbanView,
    Controller: PlanBoardController,
    Renderer: PlanBoardRenderer,
};

registry.category("views").add("roadmap_plan_board", planBoardView);
