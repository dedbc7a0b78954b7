import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const QUESTIONNAIRES = "roadmap.questionnaire";
/** Questions shown at once when they are looked for on all pages. */
const FOUND = 40;

/** One page of a questionnaire: of each question how many clients gave which answer. */
export class AnswerCounts extends Component {
    static template = "roadmap_msp.AnswerCounts";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        const {context, params} = this.props.action;
        const id = context?.active_id || params?.active_id;
        const place = this.props.state || {};
        this.state = useState({data: null, page: place.page || 0, text: place.text || ""});
        useSetupAction({
            getLocalState: () => ({page: this.state.page, text: this.state.text}),
        });
        onWillStart(async () => {
            this.state.data = await this.orm.call(QUESTIONNAIRES, "get_answer_counts", [id]);
        });
    }

    get pages() {
        return this.state.data.pages;
    }

    /** The questions to show: those of the page, or those of any page that hold the text. */
    get questions() {
        const text = this.state.text.trim().toLowerCase();
        if (!text) {
            return this.pages[this.state.page]?.questions || [];
        }
        const every = this.pages.flatMap((page) => page.questions);
        const holds = (row) => `${row.code} ${row.name}`.toLowerCase().includes(text);
        return every.filter(holds).slice(0, FOUND);
    }

    choose(ev) {
        this.state.page = Number(ev.target.value);
    }

    turn(step) {
        const last = this.pages.length - 1;
        this.state.page = Math.min(last, Math.max(0, this.state.page + step));
    }

    share(answer, question) {
        return Math.round((100 * answer.count) / question.asked);
    }

    async open(question, answer) {
        const params = [this.state.data.id, question.code, answer.group];
        this.action.doAction(await this.orm.call(QUESTIONNAIRES, "get_counted_answers", params));
    }
}

registry.category("actions").add("roadmap_msp.answer_counts", AnswerCounts);
