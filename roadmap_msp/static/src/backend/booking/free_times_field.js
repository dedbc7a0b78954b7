import {Component} from "@odoo/owl";
import {deserializeDateTime, serializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const {DateTime} = window.luxon;

/** The free times of our people, by day; a click takes one into the field "start". */
export class FreeTimesField extends Component {
    static template = "roadmap_msp.FreeTimesField";
    static props = {...standardFieldProps};

    get days() {
        return this.props.record.data[this.props.name] || [];
    }

    isChosen(value) {
        const {start} = this.props.record.data;
        return Boolean(start) && serializeDateTime(start) === value;
    }

    take(value) {
        return this.props.record.update({start: deserializeDateTime(value)});
    }

    /** Weeks that are over hold no free time. */
    get isFirstWeek() {
        const {start} = this.props.record.data;
        return !start || start.startOf("week") <= DateTime.now().startOf("week");
    }

    /** The same time a week earlier or later, but never one that is over. */
    goWeeks(weeks) {
        const soonest = DateTime.now().plus({hours: 1}).startOf("hour");
        const start = this.props.record.data.start || soonest;
        return this.props.record.update({
            start: DateTime.max(start.plus({weeks}), soonest),
        });
    }
}

registry.category("fields").add("roadmap_free_times", {
    component: FreeTimesField,
    displayName: _t("Free times"),
    supportedTypes: ["json"],
    fieldDependencies: [{name: "start", type: "datetime"}],
});
