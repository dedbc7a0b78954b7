import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {contains, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {Program} from "@roadmap_msp/backend/program/program";

defineMailModels();

function figure(values) {
    return {
        key: "coverage",
        title: "Coverage",
        value: "50 %",
        note: "1 of 2 clients",
        target: "at least 80 %",
        met: false,
        formula: "met / all",
        why: "Because",
        trend: [0, null, 50],
        action: {res_model: "roadmap.roadmap"},
        main: true,
        ...values,
    };
}

const PAGE = {
    clients: 2,
    days: ["Jan", "Feb", "Mar"],
    people: [{id: 5, name: "Carla"}],
    hosts: [],
    tiers: [{id: 3, name: "Silver"}],
    figures: [
        figure({}),
        figure({key: "rating", title: "Rating", value: "–", met: null, main: false, trend: []}),
    ],
};

test("figures, their records and the others on demand", async () => {
    onRpc("roadmap.roadmap", "get_program", () => PAGE);
    mockService("action", {doAction: (action) => expect.step(action.res_model)});
    await mountWithCleanup(Program, {props: {action: {}}});
    expect("article").toHaveCount(1);
    expect("article .fs-2").toHaveText("50 %");
    expect("article").toHaveText(/Aim: at least 80 %/);
    expect("article polyline").toHaveAttribute("points", "0.0,30.0 120.0,2.0");
    expect("article svg title").toHaveText("Jan: 0, Mar: 50");
    await contains("article .fs-2").click();
    expect.verifySteps(["roadmap.roadmap"]);
    expect(".o_program_table").toHaveCount(0);
    await contains(".o_program_more").click();
    expect(queryAllTexts(".o_program_table tbody th")).toEqual(["Rating\n1 of 2 clients"]);
    expect(".o_program_table svg").toHaveCount(0);
});

test("ratings by host, where they are shown, open their words", async () => {
    const hosts = [
        {
            id: 5,
            name: "Vera",
            average: "4.2",
            count: 6,
            poor: 1,
            action: {res_model: "rating.rating"},
        },
    ];
    onRpc("roadmap.roadmap", "get_program", () => ({...PAGE, hosts}));
    mockService("action", {doAction: (action) => expect.step(action.res_model)});
    await mountWithCleanup(Program, {props: {action: {}}});
    expect(queryAllTexts(".o_program_hosts tbody td")).toEqual(["4.2", "6", "1"]);
    await contains(".o_program_hosts button").click();
    expect.verifySteps(["rating.rating"]);
});

test("money that no figure holds is named", async () => {
    onRpc("roadmap.roadmap", "get_program", () => ({...PAGE, unrated: "Amounts in QQQ"}));
    await mountWithCleanup(Program, {props: {action: {}}});
    expect(".alert-warning").toHaveText("Amounts in QQQ");
});

test("narrow to a person and a tier", async () => {
    onRpc("roadmap.roadmap", "get_program", ({args}) => {
        expect.step(JSON.stringify(args[0]));
        return PAGE;
    });
    await mountWithCleanup(Program, {props: {action: {}}});
    await contains(".o_program_person").select("5");
    await contains(".o_program_tier").select("3");
    expect.verifySteps(["{}", '{"user_id":5}', '{"user_id":5,"tier_id":3}']);
});
