import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const CLIENT = "client";

/** When a question is shown, chosen from the questions and choices of its questionnaire. */
export class ConditionField extends Component {
    static template = "roadmap_msp.ConditionField";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({questions: [], terms: [], unreadable: false});
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((next) => {
            const changed =
                next.record !== this.props.record || next.readonly !== this.props.readonly;
            if (changed || this.questionnaire(next) !== this.loaded) {
                return this.load(next);
            }
        });
    }

    questionnaire(props) {
        return props.record.data.questionnaire_id?.id || false;
    }

    async load(props) {
        this.loaded = this.questionnaire(props);
        const text = props.record.data[props.name] || "";
        const editor = await this.orm.call("roadmap.question", "get_condition_editor", [
            this.loaded,
            text,
        ]);
        this.state.questions = editor.questions;
        this.state.terms = editor.terms || [];
        this.state.unreadable = editor.terms === null;
    }

    get others() {
        return this.state.questions.filter((row) => row.code !== this.props.record.data.code);
    }

    question(term) {
        return this.state.questions.find((row) => row.code === term.code);
    }

    operators(term) {
        const type = this.question(term)?.type;
        if (type === "multiple") {
            return {has: _t("includes"), "!=": _t("does not include")};
        }
        if (type === "number" || type === "money") {
            const choices = this.question(term).choices.length;
            return {
                ">": _t("is more than"),
                ...(choices ? {"!=": _t("is not"), "=": _t("is")} : {}),
            };
        }
        return {"=": _t("is"), "!=": _t("is not")};
    }

    /** The sentence that people read. */
    words(term) {
        if (term.op === CLIENT) {
            return _t("the client is under contract");
        }
        const question = this.question(term);
        const choice = question?.choices.find((row) => row.code === term.value);
        const operator = this.operators(term)[term.op] || term.op;
        return `${question?.name || term.code} ${operator} ${choice?.name || term.value}`;
    }

    joinWords(term) {
        return term.join === "or" ? _t("or") : _t("and");
    }

    add() {
        const join = this.state.terms.length ? "and" : "";
        this.state.terms.push({join, op: "=", code: "", value: ""});
    }

    remove(place) {
        this.state.terms.splice(place, 1);
        if (this.state.terms.length) {
            this.state.terms[0].join = "";
        }
        this.store();
    }

    setJoin(term, join) {
        term.join = join;
        this.store();
    }

    setQuestion(term, code) {
        if (code === CLIENT) {
            Object.assign(term, {op: CLIENT, code: "", value: ""});
        } else {
            term.code = code;
            [term.op] = Object.keys(this.operators(term));
            this.setFirstValue(term);
        }
        this.store();
    }

    setOperator(term, op) {
        term.op = op;
        this.setFirstValue(term);
        this.store();
    }

    setFirstValue(term) {
        term.value = term.op === ">" ? "0" : this.question(term)?.choices[0]?.code || "";
    }

    setValue(term, value) {
        term.value = term.op === ">" ? String(Number(value)) : value;
        this.store();
    }

    format(term) {
        return term.op === CLIENT ? CLIENT : `${term.code} ${term.op} ${term.value}`;
    }

    /** Write the condition once every row is complete. */
    store() {
        const {terms} = this.state;
        if (terms.some((term) => term.op !== CLIENT && !(term.code && `${term.value}`))) {
            return;
        }
        const text = terms
            .map((term) => (term.join ? ` ${term.join} ` : "") + this.format(term))
            .join("");
        this.state.unreadable = false;
        this.props.record.update({[this.props.name]: text || false});
    }
}

registry.category("fields").add("roadmap_condition", {
    component: ConditionField,
    displayName: _t("Condition"),
    supportedTypes: ["char"],
    fieldDependencies: [
        {name: "code", type: "char"},
        {name: "questionnaire_id", type: "many2one", relation: "roadmap.questionnaire"},
    ],
});
