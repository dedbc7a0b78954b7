import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** How a meeting shows: a word beside the colour, and an icon. */
const LOOKS = {
    held: {title: _t("Held"), icon: "fa-check", color: "text-bg-success"},
    booked: {title: _t("Booked"), icon: "fa-calendar-check-o", color: "text-bg-info"},
    due: {title: _t("Due"), icon: "fa-calendar-o", color: "text-bg-secondary"},
    late: {title: _t("Late"), icon: "fa-exclamation", color: "text-bg-danger"},
    planned: {title: _t("Later this year"), icon: "fa-circle-o", color: "text-bg-light border"},
    missed: {title: _t("Missed"), icon: "fa-times", color: "text-bg-warning"},
};

/** Clients x months: what was held, is booked, due or late, and what moved. */
export class YearGrid extends Component {
    static template = "roadmap_msp.YearGrid";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.looks = LOOKS;
        this.state = useState({grid: null, year: null, offset: 0, text: "", person: null});
        onWillStart(() => this.load({}));
    }

    async load(changes) {
        Object.assign(this.state, changes);
        const {year, offset, text, person} = this.state;
        const grid = await this.orm.call("roadmap.roadmap", "get_year_grid", [], {
            year,
            offset,
            text,
            user_id: person,
        });
        Object.assign(this.state, {grid, year: grid.year});
    }

    get months() {
        const {Info} = window.luxon;
        return Info.months("short").map((name, index) => ({name, key: String(index + 1)}));
    }

    get last() {
        return Math.min(this.state.offset + this.state.grid.page, this.state.grid.total);
    }

    titleOf([state, , count, moved]) {
        const title = this.looks[state].title + (count > 1 ? ` x ${count}` : "");
        return moved ? `${title}, ${_t("moved")}` : title;
    }

    open([, meetingId], client) {
        return meetingId ? this.openMeeting(meetingId) : this.openClient(client.id);
    }

    openMeeting(id) {
        this.action.doAction("roadmap_msp.roadmap_meeting_action", {
            viewType: "form",
            props: {resId: id},
        });
    }

    openClient(id) {
        this.action.doAction("roadmap_msp.roadmap_action", {
            viewType: "form",
            props: {resId: id},
        });
    }
}

registry.category("actions").add("roadmap_msp.year_grid", YearGrid);
