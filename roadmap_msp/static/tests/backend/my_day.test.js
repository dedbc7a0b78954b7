import {expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {user} from "@web/core/user";
import {MyDay} from "@roadmap_msp/backend/my_day/my_day";

defineMailModels();

const CALL = {
    id: 7,
    roadmap_id: 1,
    model: "crm.lead",
    res_id: 3,
    client: "Orchard Law",
    contact: "J. Orchard",
    why: "Book: Kickoff meeting",
    late: 2,
    phone: "+1 (555) 01-00",
    meeting_id: 5,
    slips: 2,
};
const QUOTE = {
    roadmap_id: 2,
    client: "Bay Dental",
    item_ids: [11, 12, 13],
    title: "Server",
    more: 2,
    once: "$21,400",
    monthly: "$90",
    age: 6,
    meeting: 9,
    drafted: false,
};
const MEETING = {
    id: 9,
    roadmap_id: 4,
    client: "Ridge Supply",
    name: "Quarterly review",
    kind: "to_close",
    time: "",
    task: "",
    late: 1,
    slips: 0,
};

function section(...rows) {
    return {count: rows.length, rows};
}

function day(calls = [], quotes = [], meetings = [], done = 0) {
    return {
        date: "Tuesday 24 November",
        person: {id: 7, name: "Carla", own: true},
        team: true,
        calls: section(...calls),
        quotes: section(...quotes),
        meetings: section(...meetings),
        done,
    };
}

async function mountDay() {
    await mountWithCleanup(MyDay, {props: {action: {}}});
}

test("the three sections stand in their order, with counts and words", async () => {
    onRpc("roadmap.roadmap", "get_my_day", () => day([CALL], [QUOTE], [MEETING], 5));
    await mountDay();
    expect(queryAllTexts("section h2").map((text) => text.replace(/\s+/g, " "))).toEqual([
        "1 Calls 1",
        "2 Quotations 1",
        "3 Meetings 1",
    ]);
    expect(".o_my_day_done").toHaveText("5");
    expect(".o_my_day_calls .o_my_day_when").toHaveText("2 days late");
    expect(".o_my_day_calls .o_my_day_phone").toHaveAttribute("href", "tel:+15550100");
    expect(".o_my_day_calls .text-danger:contains(2)").toHaveCount(2);
    expect(".o_my_day_quotes .o_my_day_amount").toHaveText("$21,400\n+ $90 per month");
    expect(".o_my_day_quotes .o_my_day_when").toHaveText("waits 6 days\nmeeting in 9 days");
    expect(".o_my_day_meetings .o_my_day_what").toHaveText("held, minutes to send");
});

test("one click does a call and the page follows", async () => {
    let calls = [CALL];
    onRpc("roadmap.roadmap", "get_my_day", () => day(calls, [QUOTE], [], 1 - calls.length));
    onRpc("mail.activity", "action_feedback", ({args}) => {
        expect.step(`done ${args[0]}`);
        calls = [];
        return 1;
    });
    await mountDay();
    await contains(".o_my_day_calls button:contains(Done)").click();
    expect.verifySteps(["done 7"]);
    expect(".o_my_day_calls .o_my_day_row").toHaveCount(0);
    expect(".o_my_day_done").toHaveText("1");
    await animationFrame();
    expect(".o_my_day_quotes .o_my_day_client").toBeFocused();
});

test("no answer and later", async () => {
    onRpc("roadmap.roadmap", "get_my_day", () => day([CALL]));
    onRpc("mail.activity", "roadmap_no_answer", ({args}) => {
        expect.step(`no answer ${args[0]}`);
        return true;
    });
    onRpc("mail.activity", "roadmap_later", ({args}) => {
        expect.step(`later ${args[0]} ${args[1]}`);
        return true;
    });
    await mountDay();
    await contains(".o_my_day_calls button:contains(No answer)").click();
    await contains(".o_my_day_calls button:contains(Later)").click();
    await contains(".o-dropdown-item:contains(Next week)").click();
    expect.verifySteps(["no answer 7", "later 7 7"]);
});

test("buttons open what they name", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(`${action.res_model} ${action.res_id || ""}`.trim());
        },
        doActionButton({resModel, name, resIds}) {
            expect.step(`${resModel} ${name} ${resIds}`);
        },
    });
    onRpc("roadmap.roadmap", "get_my_day", () => day([CALL], [QUOTE], [MEETING]));
    await mountDay();
    await contains(".o_my_day_calls button:contains(Book):not(.o_my_day_client)").click();
    await contains(".o_my_day_quotes button:contains(Make quotation)").click();
    await contains(".o_my_day_meetings button:contains(Close)").click();
    await contains(".o_my_day_calls .o_my_day_client").click();
    expect.verifySteps([
        "roadmap.meeting action_book 5",
        "roadmap.item action_create_quotation 11,12,13",
        "roadmap.meeting 9",
        "roadmap.roadmap 1",
    ]);
});

test("prepare opens the page of the preparation", async () => {
    mockService("action", {
        doActionButton({resModel, name, resIds}) {
            expect.step(`${resModel} ${name} ${resIds}`);
        },
    });
    const row = {...MEETING, kind: "prepare", task: "Print the sheet"};
    onRpc("roadmap.roadmap", "get_my_day", () => day([], [], [row]));
    await mountDay();
    await contains(".o_my_day_meetings button:contains(Prepare)").click();
    expect.verifySteps(["roadmap.meeting action_open_preparation 9"]);
});

test("arrow keys go from row to row across the sections", async () => {
    onRpc("roadmap.roadmap", "get_my_day", () => day([CALL], [QUOTE], [MEETING]));
    await mountDay();
    document.querySelector(".o_my_day_calls .o_my_day_client").focus();
    await press("ArrowDown");
    expect(".o_my_day_quotes .o_my_day_client").toBeFocused();
    await press("ArrowDown");
    await press("ArrowDown");
    expect(".o_my_day_meetings .o_my_day_client").toBeFocused();
    await press("ArrowUp");
    expect(".o_my_day_quotes .o_my_day_client").toBeFocused();
});

test("long lists are cut and shown on demand", async () => {
    const rows = Array.from({length: 45}, (_, index) => ({...CALL, id: index + 1}));
    onRpc("roadmap.roadmap", "get_my_day", () => day(rows));
    await mountDay();
    expect(".o_my_day_row").toHaveCount(20);
    await contains("button:contains(Show all)").click();
    await animationFrame();
    expect(".o_my_day_row").toHaveCount(45);
});

test("an empty day is a good day", async () => {
    onRpc("roadmap.roadmap", "get_my_day", () => day([], [], [], 3));
    await mountDay();
    expect("section").toHaveCount(0);
    expect(".o_my_day_empty h2").toHaveText("All done for today");
    expect(".o_my_day_empty button").toHaveCount(2);
});

test("the team by name, and the day of one of them", async () => {
    onRpc("roadmap.roadmap", "get_my_day", ({args}) => {
        expect.step(`day ${args.join()}`);
        const other = args[0] === 9;
        return {...day(other ? [CALL] : []), person: {id: 9, name: "Vera", own: !other}};
    });
    onRpc("roadmap.roadmap", "get_team_day", () => [
        {id: 7, name: "Carla", calls: 4, quotes: 1, meetings: 0, late: 2, done: 5},
        {id: 9, name: "Vera", calls: 1, quotes: 0, meetings: 3, late: 0, done: 0},
    ]);
    onRpc("mail.activity", "action_feedback", () => 1);
    await mountDay();
    await contains(".o_my_day_team").click();
    expect("h1").toHaveText(/^The team's day/);
    expect(queryAllTexts(".o_my_day_people tbody tr:first-child td")).toEqual([
        "Carla",
        "4",
        "1",
        "0",
        "2",
        "5",
    ]);
    await contains(".o_my_day_people button:contains(Vera)").click();
    expect("h1").toHaveText(/^The day of Vera/);
    await contains(".o_my_day_calls button:contains(Done)").click();
    await contains(".o_my_day_mine").click();
    expect("h1").toHaveText(/^My day/);
    expect.verifySteps(["day ", "day 9", "day 9", `day ${user.userId}`]);
});

test("who sees own clients only has no team", async () => {
    onRpc("roadmap.roadmap", "get_my_day", () => ({...day([CALL]), team: false}));
    await mountDay();
    expect(".o_my_day_team").toHaveCount(0);
});
