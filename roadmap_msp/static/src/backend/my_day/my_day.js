import {Component, onPatched, onWillStart, useRef, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** So many rows of a section are shown before "Show all". */
const FIRST_ROWS = 20;

/**
 * The manager's day: calls due, quotations to get out, meetings, in this order.
 *
 * One server call brings the page; each button does its one thing and loads it anew.
 */
export class MyDay extends Component {
    static template = "roadmap_msp.MyDay";
    static components = {Dropdown, DropdownItem};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.root = useRef("root");
        this.state = useState({day: null, team: null, all: {}, busy: false});
        this.refocus = false;
        onWillStart(() => this.load());
        onPatched(() => this.focusFirst());
    }

    /** The day as it is now: one's own, or that of the person shown. */
    async load() {
        const person =
            this.state.day && !this.state.day.person.own ? [this.state.day.person.id] : [];
        this.state.day = await this.orm.call("roadmap.roadmap", "get_my_day", person);
    }

    async showPerson(id) {
        this.state.day = await this.orm.call("roadmap.roadmap", "get_my_day", [id]);
        this.state.all = {};
        this.state.team = null;
    }

    async showTeam() {
        this.state.team = await this.orm.call("roadmap.roadmap", "get_team_day", []);
    }

    showMine() {
        return this.showPerson(user.userId);
    }

    get sections() {
        const {calls, quotes, meetings} = this.state.day;
        return [
            {key: "calls", title: _t("Calls"), icon: "fa-phone", ...calls},
            {key: "quotes", title: _t("Quotations"), icon: "fa-file-text-o", ...quotes},
            {key: "meetings", title: _t("Meetings"), icon: "fa-calendar", ...meetings},
        ];
    }

    get open() {
        return this.sections.reduce((sum, section) => sum + section.count, 0);
    }

    get progress() {
        const total = this.open + this.state.day.done;
        return total ? Math.round((100 * this.state.day.done) / total) : 0;
    }

    rows(section) {
        return this.state.all[section.key] ? section.rows : section.rows.slice(0, FIRST_ROWS);
    }

    showAll(section) {
        this.state.all[section.key] = true;
    }

    // Words -------------------------------------------------------------------------------------

    /** How late, in words; `days` is positive for the past. */
    late(days) {
        if (days <= 0) {
            return _t("today");
        }
        return days === 1 ? _t("1 day late") : _t("%s days late", days);
    }

    age(days) {
        if (days <= 0) {
            return _t("since today");
        }
        return days === 1 ? _t("waits 1 day") : _t("waits %s days", days);
    }

    ahead(days) {
        if (days === false) {
            return _t("no meeting booked");
        }
        if (days <= 0) {
            return _t("meeting today");
        }
        return days === 1 ? _t("meeting tomorrow") : _t("meeting in %s days", days);
    }

    meetingText(row) {
        switch (row.kind) {
            case "today":
                return _t("today at %s", row.time);
            case "to_hold":
                return _t("did it take place? mark it as held");
            case "to_close":
                return _t("held, minutes to send");
            case "prepare":
                return row.task;
            default:
                return row.late > 0 ? _t("to book, %s", this.late(row.late)) : _t("to book");
        }
    }

    meetingButton(row) {
        return {
            today: _t("Open"),
            to_hold: _t("Held?"),
            to_close: _t("Close"),
            prepare: _t("Prepare"),
            to_book: _t("Book"),
        }[row.kind];
    }

    tel(phone) {
        return `tel:${phone.replace(/[^\d+*#,]/g, "")}`;
    }

    // Buttons -----------------------------------------------------------------------------------

    /** Run one piece of work at a time, then show the page as it is now. */
    async run(work, message) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await work();
            if (message) {
                this.notification.add(message, {type: "success"});
            }
            await this.load();
            this.refocus = true;
        } finally {
            this.state.busy = false;
        }
    }

    done(row) {
        return this.run(
            () => this.orm.call("mail.activity", "action_feedback", [[row.id]]),
            _t("Done: %s", row.client),
        );
    }

    noAnswer(row) {
        return this.run(
            () => this.orm.call("mail.activity", "roadmap_no_answer", [[row.id]]),
            _t("Noted. The call comes back on the next working day."),
        );
    }

    later(row, days) {
        return this.run(() => this.orm.call("mail.activity", "roadmap_later", [[row.id], days]));
    }

    /** Press a button of records as their form would: what it answers is made fit to be opened. */
    press(resModel, name, resIds, onClose) {
        return this.action.doActionButton({type: "object", resModel, name, resIds, onClose});
    }

    book(meetingId) {
        return this.press("roadmap.meeting", "action_book", [meetingId], () => this.load());
    }

    quote(row) {
        return this.press("roadmap.item", "action_create_quotation", row.item_ids);
    }

    prepare(row) {
        return this.press("roadmap.meeting", "action_open_preparation", [row.id]);
    }

    workOnMeeting(row) {
        switch (row.kind) {
            case "to_book":
                return this.book(row.id);
            case "prepare":
                return this.prepare(row);
            default:
                return this.openMeeting(row);
        }
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openClient(row) {
        return this.openRecord("roadmap.roadmap", row.roadmap_id);
    }

    openMeeting(row) {
        return this.openRecord("roadmap.meeting", row.id);
    }

    // Keyboard ----------------------------------------------------------------------------------

    /** The row that had the focus is done: go on with the first that waits. */
    focusFirst() {
        if (!this.refocus) {
            return;
        }
        this.refocus = false;
        this.root.el?.querySelector(".o_my_day_row .o_my_day_client")?.focus();
    }

    /** Up and down go from row to row; within a row the tab key goes from button to button. */
    onKeydown(ev) {
        if (ev.key !== "ArrowDown" && ev.key !== "ArrowUp") {
            return;
        }
        const row = ev.target.closest(".o_my_day_row");
        if (!row) {
            return;
        }
        const rows = [...this.root.el.querySelectorAll(".o_my_day_row")];
        const next = rows[rows.indexOf(row) + (ev.key === "ArrowDown" ? 1 : -1)];
        if (next) {
            ev.preventDefault();
            next.querySelector(".o_my_day_client").focus();
        }
    }
}

registry.category("actions").add("roadmap_msp.my_day", MyDay);
