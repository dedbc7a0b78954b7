import {
    LATEST_DELAY,
    RETRY_DELAY,
    TYPING_DELAY,
} from "@roadmap_msp/portal/questionnaire/questionnaire_page";
import {
    Deferred,
    advanceTime,
    animationFrame,
    click,
    edit,
    manuallyDispatchProgrammaticEvent,
    press,
    queryAllTexts,
    queryOne,
    setInputFiles,
} from "@odoo/hoot-dom";
import {plainFigure, readValue, writeValue} from "@roadmap_msp/portal/questionnaire/fields";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {setupInteractionWhiteList, startInteractions} from "@web/../tests/public/helpers";
import {browser} from "@web/core/browser/browser";
import {onRpc} from "@web/../tests/web_test_helpers";

setupInteractionWhiteList(["roadmap_msp.questionnaire_page"]);
describe.current.tags("interaction_dev");

const KEY = "roadmap_msp.answers.5.7.BKP";
const BASE = "/my/roadmap/questionnaire/7";
const SPEC = [
    {id: 1, type: "text", version: 0, condition: [], choices: []},
    {id: 2, type: "file", version: 4, condition: [], choices: []},
];

function questionHtml(id, type, inputs) {
    return `
        <fieldset class="o_roadmap_question" data-question="${id}" data-type="${type}">
            ${inputs}
            <details class="o_roadmap_note"><textarea name="n_${id}"></textarea></details>
            <p class="o_roadmap_error"></p><p class="o_roadmap_by"></p>
            <div class="o_roadmap_conflict"></div>
        </fieldset>`;
}

function fileHtml(id, name) {
    return `<li data-file="${id}"><a href="#">${name}</a>
        <button type="button" class="o_roadmap_remove">x</button></li>`;
}

function pageHtml() {
    const text = `<textarea class="o_roadmap_value" name="q_1"></textarea>`;
    const files = `<ul class="o_roadmap_files">${fileHtml(21, "a.pdf")}${fileHtml(22, "b.pdf")}</ul>
        <input type="file" multiple="multiple" class="o_roadmap_upload"/>`;
    return `
        <div class="o_roadmap_page">
            <span class="o_roadmap_done">0</span><span class="o_roadmap_required">2</span>
            <span class="o_roadmap_saved"></span>
            <div class="o_roadmap_others d-none"><span></span></div>
            <div class="o_roadmap_offline d-none"></div><div class="o_roadmap_lost d-none"></div>
            <form class="o_roadmap_questions" data-run="7" data-page="BKP" data-person="5"
                  data-spec='${JSON.stringify(SPEC)}'>
                <input type="hidden" name="csrf_token" value="t"/>
                ${questionHtml(1, "text", text)}
                ${questionHtml(2, "file", files)}
            </form>
            <a class="o_roadmap_leave" href="/next">Next page</a>
        </div>`;
}

/** What is stored: `{id: {version, value, note}}`; a stale version is a conflict with it. */
function mockServer(rows, wait = () => {}) {
    onRpc(
        `${BASE}/save`,
        async (request) => {
            const {id: call, params} = await request.json();
            expect.step(JSON.stringify(params.values));
            const result = {_page: {visible: [1, 2], done: 1, required: 2}};
            for (const [id, entry] of Object.entries(params.values)) {
                const row = rows[id];
                const answer = {version: row.version, error: null, conflict: null};
                if (entry.version === row.version) {
                    rows[id] = {...row, ...entry, version: row.version + 1};
                    answer.version += 1;
                } else if (JSON.stringify(entry.value) !== JSON.stringify(row.value)) {
                    answer.conflict = {by: "Jane", at: "", ...row};
                }
                result[id] = answer;
            }
            return (await wait()) || {jsonrpc: "2.0", id: call, result};
        },
        {pure: true},
    );
}

const step = (id, version, value, note = "") => JSON.stringify({[id]: {version, value, note}});
const lost = () => new Response("", {status: 502});

async function settle(delay = TYPING_DELAY) {
    await advanceTime(delay);
    await animationFrame();
}

async function type(selector, text, delay) {
    queryOne(selector).closest("details")?.setAttribute("open", "open");
    await click(selector);
    await edit(text);
    await settle(delay);
}

beforeEach(() => browser.localStorage.removeItem(KEY));

test("what is changed while its last value is under way is no conflict", async () => {
    const reply = new Deferred();
    const rows = {1: {version: 0, value: null, note: ""}};
    mockServer(rows, () => reply);
    await startInteractions(pageHtml());
    await type("[name=q_1]", "one");
    await type("[name=q_1]", "two");
    expect.verifySteps([step(1, 0, "one")]);
    reply.resolve();
    await animationFrame();
    await animationFrame();
    expect.verifySteps([step(1, 1, "two")]);
    expect(".o_roadmap_conflict:first").toHaveText("");
    expect(rows[1].value).toBe("two");
    expect(browser.localStorage.getItem(KEY)).toBe(null);
});

test("an answer that arrived without our knowing is no conflict", async () => {
    let reply = lost;
    const rows = {1: {version: 0, value: null, note: ""}};
    mockServer(rows, () => reply());
    await startInteractions(pageHtml());
    await type("[name=q_1]", "one");
    expect(".o_roadmap_offline").not.toHaveClass("d-none");
    reply = () => {};
    await type("[name=q_1]", "two");
    await animationFrame();
    expect.verifySteps([step(1, 0, "one"), step(1, 0, "two"), step(1, 1, "two")]);
    expect(".o_roadmap_conflict:first").toHaveText("");
    expect(rows[1].value).toBe("two");
});

test("somebody else's answer is one, also after a lost connection", async () => {
    let reply = lost;
    const rows = {1: {version: 0, value: null, note: ""}};
    mockServer(rows, () => reply());
    await startInteractions(pageHtml());
    await type("[name=q_1]", "one");
    rows[1] = {version: 2, value: "hers", note: ""};
    reply = () => {};
    await settle(RETRY_DELAY);
    expect.verifySteps([step(1, 0, "one"), step(1, 0, "one")]);
    expect(".o_roadmap_conflict:first").toHaveText(/Jane answered meanwhile: hers/);
    await type("[name=q_1]", "more", 0);
    await click(".o_roadmap_theirs");
    await settle();
    expect.verifySteps([]);
    expect("[name=q_1]").toHaveValue("hers");
    expect(browser.localStorage.getItem(KEY)).toBe(null);
});

test("what an earlier visit left is shown again: note, and files taken off", async () => {
    const left = [
        [1, {version: 0, value: "one", note: "Ask Jane"}],
        [2, {version: 4, value: [22], note: ""}],
    ];
    browser.localStorage.setItem(KEY, JSON.stringify(left));
    mockServer({1: {version: 0}, 2: {version: 4}}, lost);
    await startInteractions(pageHtml());
    await animationFrame();
    expect("[name=q_1]").toHaveValue("one");
    expect("[name=n_1]").toHaveValue("Ask Jane");
    expect("[data-question='1'] details").toHaveAttribute("open");
    expect(queryAllTexts("[data-file] a")).toEqual(["b.pdf"]);
    expect.verifySteps([JSON.stringify(Object.fromEntries(left))]);
});

test("who types without a pause is stored nevertheless", async () => {
    mockServer({1: {version: 0, value: null, note: ""}});
    await startInteractions(pageHtml());
    await click("[name=q_1]");
    for (let passed = 0; passed < LATEST_DELAY; passed += 500) {
        await press("a");
        await advanceTime(500);
    }
    await animationFrame();
    expect.verifySteps([step(1, 0, "aaa")]);
    expect(LATEST_DELAY).toBeLessThan(2000);
});

test("a conflict shows the notes of both sides", async () => {
    mockServer({1: {version: 3, value: "same words", note: "Hers"}});
    await startInteractions(pageHtml());
    await type("[name=n_1]", "Mine");
    expect.verifySteps([step(1, 0, null, "Mine")]);
    expect(queryAllTexts(".o_roadmap_conflict:first p")).toEqual([
        "Jane answered meanwhile: same words",
        "Note: Hers",
        "Yours: no answer",
        "Note: Mine",
    ]);
});

test("a conflict about files shows their names; mine is what was sent", async () => {
    const files = [
        {id: 21, name: "a.pdf"},
        {id: 22, name: "b.pdf"},
        {id: 23, name: "c.pdf"},
    ];
    mockServer({2: {version: 6, value: [21, 22, 23], note: "", files}});
    await startInteractions(pageHtml());
    await click(".o_roadmap_remove:first");
    await settle();
    expect.verifySteps([step(2, 4, [22])]);
    expect(queryAllTexts(".o_roadmap_conflict:last p")).toEqual([
        "Jane answered meanwhile: a.pdf, b.pdf, c.pdf",
        "Yours: b.pdf",
    ]);
    await click(".o_roadmap_mine");
    await animationFrame();
    expect.verifySteps([step(2, 6, [22])]);
});

test("a file taken off is taken off, whatever is typed after it", async () => {
    mockServer({2: {version: 4, value: [21, 22], note: ""}});
    await startInteractions(pageHtml());
    queryOne("[data-question='2'] details").open = true;
    await click(".o_roadmap_remove:first");
    await type("[name=n_2]", "Old one");
    expect.verifySteps([step(2, 4, [22], "Old one")]);
});

test("a note that is typed during an upload goes out on top of it", async () => {
    const reply = new Deferred();
    mockServer({2: {version: 5, value: [21, 22, 23], note: ""}, 1: {version: 0}});
    onRpc(`${BASE}/upload`, async () => {
        expect.step("upload");
        await reply;
        return new Response(
            JSON.stringify({
                version: 5,
                error: null,
                conflict: null,
                file: {id: 23, name: "c.pdf"},
                page: {visible: [1, 2], done: 2, required: 2},
            }),
        );
    });
    await startInteractions(pageHtml());
    await click(".o_roadmap_upload");
    await setInputFiles([new File(["x"], "c.pdf")]);
    await animationFrame();
    expect.verifySteps(["upload"]);
    await type("[name=n_2]", "Newest");
    expect.verifySteps([]);
    await type("[name=q_1]", "one");
    expect.verifySteps([step(1, 0, "one")], {message: "others do not wait"});
    reply.resolve();
    await settle();
    expect(queryAllTexts("[data-file] a")).toEqual(["a.pdf", "b.pdf", "c.pdf"]);
    expect.verifySteps([JSON.stringify({2: {version: 5, note: "Newest"}})]);
    expect(".o_roadmap_conflict:last").toHaveText("");
});

test("a lost connection is shown before anything is typed, and what waits is sent", async () => {
    let reply = lost;
    mockServer({1: {version: 0, value: null, note: ""}}, () => reply());
    await startInteractions(pageHtml());
    manuallyDispatchProgrammaticEvent(window, "offline");
    await animationFrame();
    expect(".o_roadmap_offline").not.toHaveClass("d-none");
    await type("[name=q_1]", "one");
    reply = () => {};
    manuallyDispatchProgrammaticEvent(window, "online");
    await animationFrame();
    await animationFrame();
    expect(".o_roadmap_offline").toHaveClass("d-none");
    expect.verifySteps([step(1, 0, "one"), step(1, 0, "one")]);
});

test("figures are read as the language writes them", () => {
    const read = (decimal) => (text) => plainFigure(text, decimal);
    const typed = ["12", "1 200", "1'200.50", "1,200", "1.200", "12,5", "12.5", "1.200,5", "1,2,3"];
    expect(typed.map(read("."))).toEqual([
        ...["12", "1200", "1200.50", "1200", "1.200", "12.5", "12.5", "1200.5", "1,2,3"],
    ]);
    expect(typed.map(read(","))).toEqual([
        ...["12", "1200", "1200.50", "1.200", "1200", "12.5", "12.5", "1200.5", "1,2,3"],
    ]);
    const form = document.createElement("form");
    form.dataset.decimal = ",";
    form.innerHTML = `<fieldset data-type="number"><input class="o_roadmap_value"/></fieldset>`;
    writeValue(form.firstChild, 1.234);
    expect(form.querySelector("input").value).toBe("1,234");
    expect(readValue(form.firstChild)).toBe("1.234");
});

test("what another tab keeps of another question stays", async () => {
    mockServer({1: {version: 0, value: null, note: ""}});
    await startInteractions(pageHtml());
    const other = [2, {version: 4, note: "From there"}];
    browser.localStorage.setItem(KEY, JSON.stringify([other]));
    await type("[name=q_1]", "one");
    expect.verifySteps([step(1, 0, "one")]);
    expect(browser.localStorage.getItem(KEY)).toBe(JSON.stringify([other]));
});
