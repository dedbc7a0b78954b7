import {
    FIRST_NEWS_DELAY,
    RETRY_DELAY,
    TYPING_DELAY,
} from "@roadmap_msp/portal/questionnaire/questionnaire_page";
import {advanceTime, animationFrame, click, edit, queryAll, queryOne} from "@odoo/hoot-dom";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {setupInteractionWhiteList, startInteractions} from "@web/../tests/public/helpers";
import {browser} from "@web/core/browser/browser";
import {onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";

setupInteractionWhiteList(["roadmap_msp.questionnaire_page", "roadmap_msp.next_bar"]);
describe.current.tags("interaction_dev");

const KEY = "roadmap_msp.answers.5.7.BKP";
const URL = "/my/roadmap/questionnaire/7/save";

const SPEC = [
    {
        id: 1,
        type: "single",
        version: 0,
        condition: [],
        choices: [
            {id: 11, special: null, exclusive: false},
            {id: 12, special: null, exclusive: false},
            {id: 19, special: "unknown", exclusive: true},
        ],
    },
    {
        id: 2,
        type: "text",
        version: 3,
        condition: [[{question: 1, op: "=", value: 11}]],
        choices: [],
    },
];

function questionHtml(id, type, inputs) {
    return `
        <fieldset class="o_roadmap_question" data-question="${id}" data-type="${type}">
            ${inputs}
            <details class="o_roadmap_note" open="open"><textarea name="n_${id}"></textarea></details>
            <p class="o_roadmap_error"></p>
            <p class="o_roadmap_by"></p>
            <div class="o_roadmap_conflict"></div>
            <details class="o_roadmap_thread" open="open">
                <div class="o_roadmap_messages"></div>
                <textarea name="m_${id}"></textarea>
                <button type="submit" class="o_roadmap_ask">Send</button>
            </details>
        </fieldset>`;
}

function choiceHtml(id, value, label) {
    return `<label class="o_roadmap_choice">
        <input type="radio" name="q_${id}" value="${value}"/><span>${label}</span></label>`;
}

function pageHtml() {
    const choices =
        choiceHtml(1, "11", "Yes") +
        choiceHtml(1, "12", "No") +
        choiceHtml(1, "special:unknown", "Do not know");
    const text = `<textarea class="o_roadmap_value" name="q_2"></textarea>`;
    return `
        <div class="o_roadmap_page">
            <span class="o_roadmap_done">0</span><span class="o_roadmap_required">2</span>
            <span class="o_roadmap_saved"></span>
            <div class="o_roadmap_others d-none"><span></span></div>
            <div class="o_roadmap_offline d-none">offline</div>
            <div class="o_roadmap_lost d-none">lost</div>
            <form class="o_roadmap_questions" data-run="7" data-page="BKP" data-person="5"
                  data-spec='${JSON.stringify(SPEC)}'>
                ${questionHtml(1, "single", choices)}
                ${questionHtml(2, "text", text)}
                <div class="o_roadmap_no_script"><button type="submit">Save</button></div>
            </form>
        </div>`;
}

/** A server that stores everything, or answers what `reply` returns for a question. */
function mockServer(reply = () => ({})) {
    onRpc(URL, async (request) => {
        const {params} = await request.json();
        expect.step(JSON.stringify(params.values));
        const answers = {};
        for (const [id, entry] of Object.entries(params.values)) {
            const result = {version: entry.version + 1, error: null, conflict: null};
            answers[id] = {...result, ...reply(Number(id), entry)};
        }
        return {...answers, _page: {visible: [1, 2], done: 1, required: 2}};
    });
}

const radio = (value) => `[name=q_1][value="${value}"]`;
const step = (id, version, value, note = "") => JSON.stringify({[id]: {version, value, note}});

beforeEach(() => browser.localStorage.removeItem(KEY));

test("a choice is stored at once and progress follows", async () => {
    mockServer();
    await startInteractions(pageHtml());
    expect(".o_roadmap_no_script").toHaveClass("d-none");
    await click(radio(12));
    await advanceTime(200);
    await animationFrame();
    expect.verifySteps([step(1, 0, 12)]);
    expect(".o_roadmap_done").toHaveText("1");
    expect(queryOne(".o_roadmap_saved").textContent).toMatch(/^saved/);
    expect(browser.localStorage.getItem(KEY)).toBe(null);
});

test("all still true confirms what shows, never what is hidden", async () => {
    mockServer();
    const confirm =
        '<div class="o_roadmap_carried"><button class="o_roadmap_confirm">x</button></div>';
    const html = pageHtml()
        .replaceAll('<p class="o_roadmap_error"></p>', `<p class="o_roadmap_error"></p>${confirm}`)
        .replace("<fieldset", '<button class="o_roadmap_confirm_all">All</button><fieldset')
        .replace(`value="12"`, `value="12" checked="checked"`);
    await startInteractions(html);
    await click("button.o_roadmap_confirm_all");
    await animationFrame();
    expect.verifySteps([step(1, 0, 12)]);
    expect("[data-question='1'] .o_roadmap_confirm").toHaveCount(0);
    expect("[data-question='2'] .o_roadmap_confirm").toHaveCount(1);
});

test("typing is stored once, in less than two seconds, with the newest version", async () => {
    mockServer();
    await startInteractions(pageHtml());
    await click(radio(11));
    await advanceTime(200);
    await animationFrame();
    expect.verifySteps([step(1, 0, 11)]);
    await click("[name=q_2]");
    await edit("Daily");
    await advanceTime(TYPING_DELAY);
    await animationFrame();
    expect.verifySteps([step(2, 3, "Daily")]);
    await edit("Weekly");
    await advanceTime(TYPING_DELAY);
    await animationFrame();
    expect.verifySteps([step(2, 4, "Weekly")]);
    expect(TYPING_DELAY).toBeLessThan(2000);
});

test("special answers and notes", async () => {
    mockServer();
    await startInteractions(pageHtml());
    await click(radio("special:unknown"));
    await click("[name=n_1]");
    await edit("Ask Jane");
    await advanceTime(TYPING_DELAY);
    await animationFrame();
    expect.verifySteps([step(1, 0, {special: "unknown"}, "Ask Jane")]);
});

test("conditions show and hide before the server answers", async () => {
    mockServer();
    await startInteractions(pageHtml());
    const second = queryAll(".o_roadmap_question")[1];
    expect(second).toHaveClass("d-none");
    await click(radio(11));
    expect(second).not.toHaveClass("d-none");
    await click(radio(12));
    expect(second).toHaveClass("d-none");
    await advanceTime(200);
    await animationFrame();
    expect.verifySteps([step(1, 0, 12)]);
});

test("without a connection answers are kept and sent when it returns", async () => {
    let offline = true;
    onRpc(
        URL,
        async (request) => {
            const {id, params} = await request.json();
            expect.step(JSON.stringify(params.values));
            if (offline) {
                return new Response("", {status: 502});
            }
            const answer = {version: 1, error: null, conflict: null};
            const result = {1: answer, _page: {visible: [1], done: 1, required: 2}};
            return {jsonrpc: "2.0", id, result};
        },
        {pure: true},
    );
    await startInteractions(pageHtml());
    await click(radio(12));
    await advanceTime(200);
    await animationFrame();
    expect(".o_roadmap_offline").not.toHaveClass("d-none");
    expect(JSON.parse(browser.localStorage.getItem(KEY))).toHaveLength(1);
    offline = false;
    await advanceTime(RETRY_DELAY);
    await animationFrame();
    expect.verifySteps([step(1, 0, 12), step(1, 0, 12)]);
    expect(".o_roadmap_offline").toHaveClass("d-none");
    expect(browser.localStorage.getItem(KEY)).toBe(null);
});

test("what an earlier visit left on the device is shown and sent", async () => {
    const rows = [[1, {version: 0, value: 12, note: ""}]];
    browser.localStorage.setItem(KEY, JSON.stringify(rows));
    mockServer();
    await startInteractions(pageHtml());
    await animationFrame();
    expect(radio(12)).toBeChecked();
    expect.verifySteps([step(1, 0, 12)]);
});

test("an error stands beside its question", async () => {
    mockServer(() => ({error: "Too long"}));
    await startInteractions(pageHtml());
    await click(radio(12));
    await advanceTime(200);
    await animationFrame();
    expect.verifySteps([step(1, 0, 12)]);
    expect(".o_roadmap_error:first").toHaveText("Too long");
});

const CONFLICT = {value: 11, note: "", version: 6, by: "Jane", at: "2026-03-02 10:00:00"};

async function startConflict() {
    mockServer((id, entry) => (entry.version < 6 ? {version: 6, conflict: CONFLICT} : {}));
    await startInteractions(pageHtml());
    await click(radio(12));
    await advanceTime(200);
    await animationFrame();
    expect.verifySteps([step(1, 0, 12)]);
    expect(".o_roadmap_conflict:first").toHaveText(/Jane answered meanwhile: Yes/);
    expect(".o_roadmap_conflict:first").toHaveText(/Yours: No/);
}

test("a conflict shows both values; mine replaces theirs", async () => {
    await startConflict();
    await click(".o_roadmap_mine");
    await animationFrame();
    expect.verifySteps([step(1, 6, 12)]);
    expect(".o_roadmap_conflict:first").toHaveText("");
});

test("a conflict shows both values; theirs stays", async () => {
    await startConflict();
    await click(".o_roadmap_theirs");
    expect(radio(11)).toBeChecked();
    expect(".o_roadmap_conflict:first").toHaveText("");
    expect.verifySteps([]);
});

const NEWS = {
    others: ["Nora"],
    answers: {1: {value: 12, note: "", version: 4, by: "Nora", at: ""}},
    page: {visible: [1], done: 1, required: 2},
};

test("others on the page are named and what they answer appears", async () => {
    mockServer();
    onRpc("/my/roadmap/questionnaire/7/news", async (request) => {
        const {params} = await request.json();
        expect.step(JSON.stringify(params));
        return NEWS;
    });
    await startInteractions(pageHtml());
    await advanceTime(FIRST_NEWS_DELAY);
    await animationFrame();
    expect.verifySteps([JSON.stringify({code: "BKP", versions: {1: 0, 2: 3}})]);
    expect(".o_roadmap_others").not.toHaveClass("d-none");
    expect(".o_roadmap_others span").toHaveText("Nora");
    expect(radio(12)).toBeChecked();
    expect(".o_roadmap_by:first").toHaveText(/^Nora answered/);
    await click(radio(11));
    await advanceTime(200);
    await animationFrame();
    expect.verifySteps([step(1, 4, 11)]);
});

test("a message goes out by itself and is no answer", async () => {
    mockServer();
    onRpc("/my/roadmap/questionnaire/7/ask", async (request) => {
        const {params} = await request.json();
        expect.step(JSON.stringify(params));
        return {message: {id: 3, author: "Jane Orchard", initials: "JO"}};
    });
    await startInteractions(pageHtml());
    await click("[name=m_1]");
    await edit("Which one?");
    await click(".o_roadmap_ask:first");
    await animationFrame();
    expect.verifySteps([JSON.stringify({question_id: 1, text: "Which one?"})]);
    expect(".o_roadmap_message_body").toHaveText("Which one?");
    expect("[name=m_1]").toHaveValue("");
});

test("failed tries wait longer each time, with one timer only", async () => {
    onRpc(
        URL,
        () => {
            expect.step("try");
            return new Response("", {status: 502});
        },
        {pure: true},
    );
    await startInteractions(pageHtml());
    for (const value of [12, 11, 12]) {
        await click(radio(value));
        await advanceTime(200);
        await animationFrame();
    }
    expect.verifySteps(["try", "try", "try"]);
    await advanceTime(4 * RETRY_DELAY);
    await animationFrame();
    expect.verifySteps(["try"]);
});

const LEAVE = '<a class="o_roadmap_leave o_roadmap_forward" href="/next">Next page</a>';
const BAR = `<div class="o_roadmap_next_bar d-none">
    <button class="o_roadmap_next" data-next="Next question">Next page</button></div>`;

function withNavigation() {
    patchWithCleanup(browser.location, {assign: (url) => expect.step(url)});
    return pageHtml().replace(/<\/div>$/, `${LEAVE}${BAR}</div>`);
}

test("the page is left when the last answer is stored", async () => {
    mockServer();
    await startInteractions(withNavigation());
    await click(radio(12));
    await click("a.o_roadmap_leave");
    await advanceTime(200);
    await animationFrame();
    expect.verifySteps([step(1, 0, 12), `${browser.location.origin}/next`]);
});

test("without a connection the page is not left", async () => {
    onRpc(URL, () => new Response("", {status: 502}), {pure: true});
    await startInteractions(withNavigation());
    await click(radio(12));
    await click("a.o_roadmap_leave");
    await animationFrame();
    expect.verifySteps([]);
    expect(".o_roadmap_offline").not.toHaveClass("d-none");
});

test("the button of a phone leads to open questions further down, then onwards", async () => {
    mockServer();
    const far = '<div style="height: 3000px"></div><fieldset class="o_roadmap_question" data-q';
    const html = withNavigation()
        .replace('<fieldset class="o_roadmap_question" data-question="2"', `${far}uestion="2"`)
        .replace(
            "o_roadmap_next_bar",
            'o_roadmap_next_bar" style="position: fixed; bottom: 0" x="',
        );
    await startInteractions(html);
    expect(".o_roadmap_next_bar").not.toHaveClass("d-none");
    expect(".o_roadmap_next").toHaveText("Next page");
    await click(radio(11));
    await advanceTime(200);
    await animationFrame();
    expect(".o_roadmap_next").toHaveText("Next question");
    expect.verifySteps([step(1, 0, 11)]);
    queryOne("[name=q_2]").value = "Daily";
    await click(radio(11));
    await advanceTime(200);
    await animationFrame();
    expect(".o_roadmap_next").toHaveText("Next page");
});
