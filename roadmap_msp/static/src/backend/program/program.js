import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const WIDTH = 120;
const HEIGHT = 32;

/**
 * The owner's page: eight figures first, the others on demand; each opens its records and says how
 * it is reckoned.
 */
export class Program extends Component {
    static template = "roadmap_msp.Program";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({page: null, more: false, filters: {}});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.page = await this.orm.call("roadmap.roadmap", "get_program", [
            {...this.state.filters},
        ]);
    }

    /** Narrow the clients to a person's or a tier's; an empty choice takes all. */
    async filter(name, value) {
        this.state.filters[name] = Number(value) || false;
        await this.load();
    }

    get main() {
        return this.state.page.figures.filter((figure) => figure.main);
    }

    get others() {
        return this.state.page.figures.filter((figure) => !figure.main);
    }

    open(figure) {
        return this.action.doAction(figure.action);
    }

    /** Points of the small line; months without a figure are left out. */
    line(figure) {
        const known = figure.trend
            .map((value, index) => ({value, index}))
            .filter(({value}) => value !== null);
        if (known.length < 2) {
            return "";
        }
        const values = known.map(({value}) => value);
        const low = Math.min(...values);
        const span = Math.max(...values) - low || 1;
        const step = WIDTH / (figure.trend.length - 1);
        return known
            .map(({value, index}) => {
                const y = HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4);
                return `${(index * step).toFixed(1)},${y.toFixed(1)}`;
            })
            .join(" ");
    }

    /** The trend in words, for readers without eyes for lines. */
    trendText(figure) {
        const days = this.state.page.days;
        return figure.trend
            .map((value, index) => (value === null ? "" : `${days[index]}: ${Math.round(value)}`))
            .filter(Boolean)
            .join(", ");
    }

    icon(figure) {
        return {true: "fa-check-circle text-success", false: "fa-exclamation-circle text-warning"}[
            String(figure.met)
        ];
    }
}

registry.category("actions").add("roadmap_msp.program", Program);
