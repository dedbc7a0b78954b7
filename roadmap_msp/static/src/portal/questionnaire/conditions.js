/**
 * Which questions of a page show: the same rules as `rules/conditions.py` on the server, which
 * decides again at every save.
 *
 * A condition is a list of alternatives, each a list of terms; a term is true, false or
 * `{question, op, value}` about another question of the page.
 */

/**
 * What conditions see of an answer.
 *
 * @param {Object} question with `choices` (id, special)
 * @param {*} value as the server takes it
 * @returns {{choices: number[], number: number|null, na: boolean}|null} null: no answer
 */
export function given(question, value) {
    const none = value === null || value === undefined || value === "";
    if (none || (Array.isArray(value) && !value.length)) {
        return null;
    }
    if (Array.isArray(value)) {
        return {choices: value, number: null, na: false};
    }
    if (typeof value === "object") {
        if (value.choice) {
            return {choices: [value.choice], number: null, na: false};
        }
        const choice = question.choices.find((row) => row.special === value.special);
        return {choices: choice ? [choice.id] : [], number: null, na: value.special === "na"};
    }
    if (["number", "money"].includes(question.type)) {
        const number = Number(value);
        return {choices: [], number: Number.isFinite(number) ? number : null, na: false};
    }
    const ticked = ["single", "yes_no"].includes(question.type);
    return {choices: ticked ? [value] : [], number: null, na: false};
}

function holds(term, answer) {
    if (!answer || answer.na) {
        return false;
    }
    if (term.op === ">") {
        return answer.number !== null && answer.number > term.value;
    }
    const chosen = answer.choices.includes(term.value);
    if (term.op === "!=") {
        return (answer.choices.length > 0 || answer.number !== null) && !chosen;
    }
    return chosen;
}

/**
 * @param {Object[]} questions with `id`, `type`, `choices`, `condition`
 * @param {Map<number, *>} values by question id
 * @returns {Set<number>} ids of the questions that show
 */
export function visibleQuestions(questions, values) {
    const byId = new Map(questions.map((question) => [question.id, question]));
    const known = new Map();
    const shown = (id, trail) => {
        const question = byId.get(id);
        if (!question || trail.has(id)) {
            return false;
        }
        if (!known.has(id)) {
            const path = new Set([...trail, id]);
            const decide = (term) => {
                if (typeof term === "boolean") {
                    return term;
                }
                const other = byId.get(term.question);
                const asked = shown(term.question, path);
                return asked && holds(term, given(other, values.get(term.question)));
            };
            const {condition} = question;
            known.set(id, !condition.length || condition.some((part) => part.every(decide)));
        }
        return known.get(id);
    };
    return new Set([...byId.keys()].filter((id) => shown(id, new Set())));
}
