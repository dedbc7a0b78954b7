import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const SECTIONS = "roadmap.assessment.section";
/** Clients on one screen of the map. */
const ROWS = 40;

/** Pages x clients: the last score of each, as a figure on the colour of its band. */
export class ScoreMap extends Component {
    static template = "roadmap_msp.ScoreMap";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({map: null, text: "", tier: "", page: 0});
        onWillStart(async () => {
            this.state.map = await this.orm.call(SECTIONS, "get_heat_map", []);
        });
    }

    get tiers() {
        return [...new Set(this.state.map.clients.map((row) => row.tier))].filter(Boolean).sort();
    }

    get clients() {
        const text = this.state.text.trim().toLowerCase();
        return this.state.map.clients.filter(
            (row) =>
                (!text || row.name.toLowerCase().includes(text)) &&
                (!this.state.tier || row.tier === this.state.tier),
        );
    }

    get shown() {
        return this.clients.slice(this.state.page * ROWS, (this.state.page + 1) * ROWS);
    }

    get lastPage() {
        return Math.max(0, Math.ceil(this.clients.length / ROWS) - 1);
    }

    narrow(changes) {
        Object.assign(this.state, changes, {page: 0});
    }

    turn(step) {
        this.state.page = Math.min(this.lastPage, Math.max(0, this.state.page + step));
    }

    openClient(client) {
        this.action.doAction("roadmap_msp.roadmap_client_scores_action", {
            additionalContext: {active_id: client.id},
        });
    }

    async openPage(cell) {
        const action = await this.orm.call(SECTIONS, "action_open_answers", [[cell[2]]]);
        this.action.doAction(action);
    }
}

registry.category("actions").add("roadmap_msp.score_map", ScoreMap);
