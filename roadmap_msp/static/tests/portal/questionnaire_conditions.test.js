import {describe, expect, test} from "@odoo/hoot";
import {visibleQuestions} from "@roadmap_msp/portal/questionnaire/conditions";

describe.current.tags("headless");

const CHOICES = [
    {id: 11, special: null},
    {id: 12, special: null},
    {id: 18, special: "na"},
    {id: 19, special: "unknown"},
];
const first = {id: 1, type: "single", choices: CHOICES, condition: []};

function shows(condition, value, type = "single") {
    const questions = [
        {...first, type},
        {id: 2, type: "text", choices: [], condition},
    ];
    return visibleQuestions(questions, new Map([[1, value]])).has(2);
}

const term = (op, value) => [[{question: 1, op, value}]];

test("no condition shows always, terms decided by the server count as they are", () => {
    expect(shows([], null)).toBe(true);
    expect(shows([[true]], null)).toBe(true);
    expect(shows([[false]], null)).toBe(false);
    expect(shows([[false], [true]], null)).toBe(true);
    expect(shows([[true, false]], null)).toBe(false);
});

test("a condition on an unanswered question is false", () => {
    for (const op of ["=", "!=", "has"]) {
        expect(shows(term(op, 11), null)).toBe(false);
    }
    expect(shows(term(">", 0), "", "number")).toBe(false);
    expect(shows(term("has", 11), [], "multiple")).toBe(false);
});

test("choices, ticks and figures", () => {
    expect(shows(term("=", 11), 11)).toBe(true);
    expect(shows(term("=", 11), 12)).toBe(false);
    expect(shows(term("!=", 11), 12)).toBe(true);
    expect(shows(term("!=", 11), 11)).toBe(false);
    expect(shows(term("has", 12), [11, 12], "multiple")).toBe(true);
    expect(shows(term(">", 1), "2", "number")).toBe(true);
    expect(shows(term(">", 2), "2", "number")).toBe(false);
    expect(shows(term("!=", 11), "3", "number")).toBe(true);
    expect(shows(term("=", 11), {choice: 11}, "number")).toBe(true);
});

test("not applicable is false everywhere, do not know is a choice", () => {
    expect(shows(term("!=", 11), {special: "na"})).toBe(false);
    expect(shows(term("!=", 11), {special: "unknown"})).toBe(true);
    expect(shows(term("=", 19), {special: "unknown"})).toBe(true);
});

test("what depends on a hidden question is hidden, and circles do not hang", () => {
    const questions = [
        {...first, condition: [[false]]},
        {id: 2, type: "single", choices: CHOICES, condition: term("=", 11)},
        {id: 3, type: "text", choices: [], condition: [[{question: 4, op: "=", value: 1}]]},
        {id: 4, type: "text", choices: [], condition: [[{question: 3, op: "=", value: 1}]]},
    ];
    const values = new Map([
        [1, 11],
        [2, 11],
    ]);
    expect([...visibleQuestions(questions, values)]).toEqual([]);
});
