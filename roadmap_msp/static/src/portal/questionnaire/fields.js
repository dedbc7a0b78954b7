/** Reading and writing the answer of one question in the page's inputs. */

const TICKS = ["single", "yes_no"];
const FIGURES = ["number", "money"];

function parseChoice(word) {
    return word.startsWith("special:") ? {special: word.slice(8)} : Number(word);
}

/** The decimal point of the page's language. */
function decimalOf(el) {
    return el.closest("[data-decimal]")?.dataset.decimal || ".";
}

/** A typed figure as the server reads it; the same as `rules/figures.py`. */
export function plainFigure(typed, decimal = ".") {
    const text = typed.replace(/[\s'\u2019]/g, "");
    const marks = [...text].filter((mark) => ".,".includes(mark));
    if (!marks.length) {
        return text;
    }
    const last = marks.at(-1);
    const several = marks.indexOf(last) !== marks.length - 1;
    const groups = new Set(marks).size === 1 && /^-?\d{1,3}(?:[.,]\d{3})+$/.test(text);
    if (groups && (several || last !== decimal)) {
        return text.replaceAll(last, "");
    }
    if (several) {
        return text;
    }
    const place = text.lastIndexOf(last);
    return `${text.slice(0, place).replace(/[.,]/g, "")}.${text.slice(place + 1)}`;
}

/** @returns {HTMLInputElement[]} the radios or check boxes of the question */
export function choiceInputs(el) {
    return [...el.querySelectorAll(".o_roadmap_choice input")];
}

/**
 * @param {HTMLElement} el the question's element
 * @returns {*} its answer in the shape that the server takes; null for none
 */
export function readValue(el) {
    const {type} = el.dataset;
    const ticked = choiceInputs(el).filter((input) => input.checked);
    if (type === "file") {
        return [...el.querySelectorAll("[data-file]")].map((row) => Number(row.dataset.file));
    }
    if (type === "multiple") {
        const values = ticked.map((input) => parseChoice(input.value));
        return values.find((value) => typeof value === "object") || values;
    }
    if (ticked.length) {
        const choice = parseChoice(ticked[0].value);
        return TICKS.includes(type) || typeof choice === "object" ? choice : {choice};
    }
    const text = el.querySelector(".o_roadmap_value")?.value ?? "";
    if (FIGURES.includes(type)) {
        const plain = plainFigure(text, decimalOf(el));
        return plain === "" ? null : plain;
    }
    return text.trim() === "" ? null : text;
}

/** Show an answer, such as one that somebody else gave meanwhile. */
export function writeValue(el, value) {
    if (el.dataset.type === "file") {
        const kept = new Set((value || []).map(String));
        for (const row of el.querySelectorAll("[data-file]")) {
            if (!kept.has(row.dataset.file)) {
                row.remove();
            }
        }
        return;
    }
    const input = el.querySelector(".o_roadmap_value");
    const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
    let ticked = Array.isArray(value) ? value : [value];
    if (isObject) {
        ticked = value.special ? [`special:${value.special}`] : [value.choice];
    }
    const words = new Set(ticked.map(String));
    for (const box of choiceInputs(el)) {
        box.checked = words.has(box.value);
    }
    if (input) {
        const text = value === null || typeof value === "object" ? "" : String(value);
        const figure = FIGURES.includes(el.dataset.type);
        input.value = figure ? text.replace(".", decimalOf(el)) : text;
    }
}

/** The answer in words, from the labels on the page. */
export function describeValue(el, value) {
    if (value === null || (Array.isArray(value) && !value.length)) {
        return "";
    }
    const list = Array.isArray(value) ? value : [value];
    const words = list.map((part) => {
        const isObject = typeof part === "object";
        const key = isObject && part.special ? `special:${part.special}` : (part.choice ?? part);
        const box = choiceInputs(el).find((input) => input.value === String(key));
        return box ? box.closest("label").textContent.trim() : String(key);
    });
    return words.join(", ");
}

/** A choice excludes others: specials and exclusive ones, and a figure beside choices. */
export function excludeOthers(el, target, question) {
    const boxes = choiceInputs(el);
    const input = el.querySelector(".o_roadmap_value");
    if (target === input) {
        if (input.value !== "") {
            boxes.forEach((box) => (box.checked = false));
        }
        return;
    }
    if (!target.checked) {
        return;
    }
    if (input) {
        input.value = "";
    }
    if (target.type === "checkbox") {
        const alone = new Set(
            question.choices
                .filter((row) => row.special || row.exclusive)
                .map((row) => (row.special ? `special:${row.special}` : String(row.id))),
        );
        for (const box of boxes) {
            if (box !== target && (alone.has(target.value) || alone.has(box.value))) {
                box.checked = false;
            }
        }
    }
}
