import {Component, onWillStart, useSubEnv} from "@odoo/owl";
import {laneTotals, yearTotals} from "./lane_totals";
import {_t} from "@web/core/l10n/translation";
import {monthsOfLane} from "./lane_months";
import {registry} from "@web/core/registry";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {KanbanHeader} from "@web/views/kanban/kanban_header";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {useService} from "@web/core/utils/hooks";

const AMOUNTS = [
    {name: "amount_one_off", type: "monetary"},
    {name: "amount_recurring", type: "monetary"},
];

const LANES = ["board_lane", "fiscal_period"];

/** A column of the board: the quarter, and its one-off and monthly money apart. */
export class PlanBoardHeader extends KanbanHeader {
    static template = "roadmap_msp.PlanBoardHeader";

    get title() {
        const named = !LANES.includes(this.group.groupByField.name) || this.group.value;
        return named ? this.group.displayName : _t("Not scheduled");
    }

    /** "Jul-Sep": what the quarter means for the client; empty where clients differ. */
    get months() {
        return monthsOfLane(this.group.value, this.env.roadmapCalendar?.month);
    }

    /** The sums of what the column holds, or false where its currencies differ. */
    get totals() {
        return laneTotals([this.group]);
    }
}

/** A line above the columns: what each fiscal year comes to. */
export class PlanBoardYears extends Component {
    static template = "roadmap_msp.PlanBoardYears";
    static props = {list: Object};

    get years() {
        const {list} = this.props;
        const byLane = list.isGrouped && LANES.includes(list.groupByField?.name);
        return byLane ? yearTotals(list.groups) : [];
    }
}

export class PlanBoardRenderer extends KanbanRenderer {
    static components = {...KanbanRenderer.components, KanbanHeader: PlanBoardHeader};
}

export class PlanBoardController extends KanbanController {
    static template = "roadmap_msp.PlanBoardView";
    static components = {...KanbanController.components, PlanBoardYears};

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
