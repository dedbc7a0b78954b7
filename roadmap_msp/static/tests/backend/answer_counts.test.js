import {contains, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {AnswerCounts} from "@roadmap_msp/backend/answers/answer_counts";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

defineMailModels();

function question(code, name, answers, spread = null) {
    return {code, name, asked: 4, spread, answers};
}

const DATA = {
    id: 7,
    name: "Technology (version 2)",
    clients: 4,
    pages: [
        {
            code: "AAA",
            name: "Backup",
            questions: [
                question("AAA-1", "Is there a backup?", [
                    {group: "choice:Yes", name: "Yes", count: 3, plain: false},
                    {group: "choice:No", name: "No", count: 0, plain: false},
                    {group: "none", name: "No answer", count: 1, plain: true},
                ]),
            ],
        },
        {
            code: "BBB",
            name: "People",
            questions: [
                question(
                    "BBB-1",
                    "How many people?",
                    [{group: "value", name: "Answered", count: 4, plain: false}],
                    ["2", "5.5", "30"],
                ),
            ],
        },
    ],
};

async function mountCounts(state) {
    onRpc("roadmap.questionnaire", "get_answer_counts", ({args}) => {
        expect.step(args);
        return DATA;
    });
    onRpc("roadmap.questionnaire", "get_counted_answers", ({args}) => {
        expect.step(args);
        return {name: "opened"};
    });
    mockService("action", {doAction: (action) => expect.step(action.name)});
    const action = {context: {active_id: 7}};
    await mountWithCleanup(AnswerCounts, {props: {action, state}});
    expect.verifySteps([[7]]);
}

const codes = () => queryAllTexts(".o_answer_question h2 span");

test("each answer with its share, and the clients behind it", async () => {
    await mountCounts();
    expect(codes()).toEqual(["AAA-1"]);
    expect(queryAllTexts("tbody tr:eq(0) td.text-end")).toEqual(["3", "75 %"]);
    expect(queryAllTexts("tbody tr:eq(1) td.text-end")).toEqual(["0", "0 %"]);
    expect("tbody tr:eq(1) button").toHaveCount(0);
    await contains("tbody tr:eq(2) button").click();
    expect.verifySteps([[7, "AAA-1", "none"], "opened"]);
});

test("from page to page, and a text that is looked for on all", async () => {
    await mountCounts();
    await contains("select").select("1");
    expect(codes()).toEqual(["BBB-1"]);
    expect(".o_answer_question p").toHaveText(
        "asked 4 times, from 2 to 30, half of them up to 5.5",
    );
    await contains("button[title='Page before']").click();
    expect(codes()).toEqual(["AAA-1"]);
    await contains("input[type=search]").edit("people", {confirm: false});
    expect(codes()).toEqual(["BBB-1"]);
    expect("select").toHaveCount(0);
    await contains("input[type=search]").edit("nothing", {confirm: false});
    expect("p:contains(No question holds this text.)").toHaveCount(1);
});

test("who comes back finds the page that was left", async () => {
    await mountCounts({page: 1, text: ""});
    expect(codes()).toEqual(["BBB-1"]);
});
