import {expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryFirst} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {Present} from "@roadmap_msp/backend/present/present";

defineMailModels();

function topic(id, name, values = {}) {
    return {
        id,
        name,
        situation: "",
        options: "",
        advice: "",
        outcome: "",
        state: "open",
        state_label: "Open",
        review_on: "",
        waits_for: "",
        seconds: 0,
        quote_asked: false,
        risk: "medium",
        risk_text: "",
        signed: false,
        ...values,
    };
}

function person(id, name, values = {}) {
    return {id, name, ours: false, decides: false, signs: false, here: true, ...values};
}

const BACKUP = {signed: true, risk: "critical", risk_text: "Data can be lost for good."};

function screen(values = {}) {
    return {
        id: 9,
        name: "Quarterly review",
        client: "Orchard Law",
        when: "Thursday 3 December",
        state: "booked",
        agenda: [{name: "Recap", minutes: 5}],
        topics: [topic(1, "Server", {situation: "Five years old"}), topic(2, "Backup", BACKUP)],
        since: {held_on: "", actions: [], topics: []},
        actions: [],
        people: [
            person(5, "Olive Owner", {decides: true, signs: true}),
            person(6, "Fay Finance", {decides: true}),
            person(7, "Vera Vcio", {ours: true}),
        ],
        decision_maker_present: true,
        due: "2026-12-17",
        ...values,
    };
}

async function mountPresent(values) {
    onRpc("roadmap.meeting", "get_presentation", () => screen(values));
    await mountWithCleanup(Present, {props: {action: {params: {meeting_id: 9}}}});
}

/** What a person picks from the browser's own calendar. */
function setDay(day) {
    const input = queryFirst("input[type=date]");
    input.value = day;
    input.dispatchEvent(new Event("input", {bubbles: true}));
}

async function keys(...names) {
    for (const name of names) {
        await press(name);
        await animationFrame();
    }
}

test("the arrow keys go from step to step and stop at both ends", async () => {
    await mountPresent();
    expect(queryAllTexts(".o_present_steps button")).toEqual([
        "Who is here",
        "Since last time",
        "Server",
        "Backup",
        "What we take away",
    ]);
    await keys("ArrowLeft");
    expect(".o_present_steps .active").toHaveText("Who is here");
    await keys("ArrowRight", "ArrowRight");
    expect(".o_present_title").toHaveText("Server");
    expect(".o_present_text").toHaveText("Five years old");
    await keys("ArrowRight", "ArrowRight", "ArrowRight");
    expect(".o_present_steps .active").toHaveText("What we take away");
    expect(".o_present_finish").toHaveCount(1);
});

test("D decides by keyboard; letters typed into a form are no commands", async () => {
    const decided = topic(1, "Server", {state: "decided", state_label: "Decided"});
    onRpc("roadmap.meeting", "present_settle", ({args}) => {
        expect.step(args.slice(1).join("|"));
        return screen({topics: [decided, topic(2, "Backup")]});
    });
    await mountPresent();
    await keys("ArrowRight", "ArrowRight", "d");
    expect(".o_present_first").toBeFocused();
    await contains(".o_present_first").edit("xl", {confirm: false});
    expect(".o_present_form span:first").toHaveText("What is decided?");
    await contains(".o_present_save").click();
    expect.verifySteps(["1|decided|xl||false"]);
    expect(".o_present_form").toHaveCount(0);
    expect(".o_present_outcome").toHaveText("Decided");
    expect(".o_present_decide").toHaveCount(0);
});

test("Escape closes a form; topic keys do nothing without a topic", async () => {
    await mountPresent();
    await keys("d");
    expect(".o_present_form").toHaveCount(0);
    await keys("N");
    expect(".o_present_form span:first").toHaveText("What came up?", {
        message: "with Caps Lock too",
    });
    await keys("Escape");
    expect(".o_present_form").toHaveCount(0);
});

test("what the server refuses stands in the form", async () => {
    onRpc("roadmap.meeting", "present_settle", () => {
        throw makeServerError({message: "Say why."});
    });
    await mountPresent();
    await keys("ArrowRight", "ArrowRight", "l");
    await contains(".o_present_save").click();
    expect(".o_present_form [role=alert]").toHaveText("Say why.");
});

test("a risk is accepted by one of the client's people who decide", async () => {
    onRpc("roadmap.meeting", "present_accept_risk", ({args}) => {
        expect.step(args.slice(1).join("|"));
        return screen();
    });
    await mountPresent();
    await keys("ArrowRight", "ArrowRight", "r");
    expect(queryAllTexts(".o_present_person_choice option")).toEqual([
        "Olive Owner",
        "Fay Finance",
    ]);
    expect(".o_present_risk").toHaveCount(0);
    await contains(".o_present_first").edit("Too dear", {confirm: false});
    setDay("2027-06-01");
    await contains(".o_present_save").click();
    expect.verifySteps(["1|Too dear|2027-06-01|5"]);
});

test("a great risk is shown in words and signed by somebody who signs", async () => {
    mockService("dialog", {
        add(component, props) {
            expect.step(`window for ${props.defaultName}`);
            props.uploadSignature({name: "O. Owner", signatureImage: "data:image/png;base64,AAA"});
            return () => {};
        },
    });
    onRpc("roadmap.meeting", "present_accept_risk", ({args}) => {
        expect.step(args.slice(1).join("|"));
        return screen();
    });
    await mountPresent();
    await keys("ArrowRight", "ArrowRight", "ArrowRight", "r");
    expect(queryAllTexts(".o_present_person_choice option")).toEqual(["Olive Owner"]);
    expect(".o_present_risk").toHaveText("Data can be lost for good.");
    expect(".o_present_save").toHaveText("Sign");
    await contains(".o_present_first").edit("Too dear", {confirm: false});
    setDay("2027-06-01");
    await contains(".o_present_save").click();
    expect.verifySteps([
        "window for Olive Owner",
        "2|Too dear|2027-06-01|5|data:image/png;base64,AAA|O. Owner",
    ]);
});

test("each topic has its own clock, kept when one comes back and saved each minute", async () => {
    onRpc("roadmap.meeting", "present_time", ({args}) => {
        expect(args[1]["1"]).toBeGreaterThan(50);
        expect.step(`topics ${Object.keys(args[1])}`);
        return true;
    });
    await mountPresent();
    await keys("ArrowRight", "ArrowRight");
    await advanceTime(3000);
    await animationFrame();
    expect(".o_present_title + .o_present_clock").toHaveText("0:03");
    await keys("ArrowRight");
    expect(".o_present_title + .o_present_clock").toHaveText("0:00");
    await advanceTime(2000);
    await keys("ArrowLeft");
    expect(".o_present_title + .o_present_clock").toHaveText("0:03");
    expect("header .o_present_clock").toHaveText("0:05");
    await advanceTime(58000);
    expect.verifySteps(["topics 1,2"]);
});

test("seconds that could not be saved are saved the next time", async () => {
    expect.errors(1);
    let connected = false;
    onRpc("roadmap.meeting", "present_time", ({args}) => {
        if (!connected) {
            throw makeServerError({message: "No connection"});
        }
        expect.step(args[1]["1"] > 100);
        return true;
    });
    await mountPresent();
    await keys("ArrowRight", "ArrowRight");
    await advanceTime(60000);
    connected = true;
    await advanceTime(60000);
    expect.verifySteps([true]);
    expect.verifyErrors(["No connection"]);
});
