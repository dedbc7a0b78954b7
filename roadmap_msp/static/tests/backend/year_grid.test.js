import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {contains, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {YearGrid} from "@roadmap_msp/backend/year_grid/year_grid";

defineMailModels();

function grid(values = {}) {
    return {
        year: 2026,
        page: 40,
        total: 1,
        clients: [
            {
                id: 3,
                name: "Orchard Law",
                tier: "Silver",
                months: {
                    1: [["held", 11, 1, false]],
                    2: [["late", 12, 1, true]],
                    4: [["booked", 13, 2, false]],
                    9: [["planned", 0, 1, false]],
                },
            },
        ],
        people: [
            {
                id: 7,
                name: "Vera",
                clients: 1,
                meetings: 0.5,
                hours: 1.2,
                books: 2,
                bookings: 0.7,
                booking_hours: 0.2,
            },
            {
                id: false,
                name: "Nobody yet",
                clients: 1,
                meetings: 1,
                hours: 2,
                books: 0,
                bookings: 0,
                booking_hours: 0,
            },
        ],
        ...values,
    };
}

async function mountGrid() {
    await mountWithCleanup(YearGrid, {props: {action: {}}});
}

test("a cell says in words what its colour means", async () => {
    onRpc("roadmap.roadmap", "get_year_grid", () => grid());
    await mountGrid();
    const titles = [...document.querySelectorAll(".o_year_grid_table td .badge")].map(
        (cell) => cell.title,
    );
    expect(titles).toEqual(["Held", "Late, moved", "Booked x 2", "Later this year"]);
    expect(queryAllTexts(".o_year_grid_people tbody tr:first-child td")).toEqual([
        "Vera",
        "2 clients",
        "0.7",
        "0.2",
        "1 clients",
        "0.5",
        "1.2",
    ]);
});

test("a meeting opens itself, what is only planned opens its client", async () => {
    mockService("action", {
        doAction(name, {props}) {
            expect.step(`${name} ${props.resId}`);
        },
    });
    onRpc("roadmap.roadmap", "get_year_grid", () => grid());
    await mountGrid();
    await contains(".o_year_grid_table .badge[title^=Late]").click();
    await contains(".o_year_grid_table .badge[title^=Later]").click();
    await contains(".o_year_grid_table td:first-child button").click();
    expect.verifySteps([
        "roadmap_msp.roadmap_meeting_action 12",
        "roadmap_msp.roadmap_action 3",
        "roadmap_msp.roadmap_action 3",
    ]);
});

test("years, pages, names and persons narrow what is asked for", async () => {
    onRpc("roadmap.roadmap", "get_year_grid", ({kwargs}) => {
        const {year, offset, text, user_id} = kwargs;
        expect.step([year, offset, text, user_id].join("|"));
        return grid({year: year || 2026, total: 90});
    });
    await mountGrid();
    expect("header").toHaveText(/1-40 of 90/);
    await contains("button[title='Clients after']").click();
    await contains("button[title='Year after']").click();
    await contains("input[type=search]").edit("orch");
    await contains(".o_year_grid_people button:contains(Vera)").click();
    await contains(".o_year_grid_people button:contains(Vera)").click();
    expect.verifySteps([
        "|0||",
        "2026|40||",
        "2027|40||",
        "2027|0|orch|",
        "2027|0|orch|7",
        "2027|0|orch|",
    ]);
});

test("no client says what to do", async () => {
    onRpc("roadmap.roadmap", "get_year_grid", () => grid({clients: [], total: 0, people: []}));
    await mountGrid();
    expect(".o_year_grid_table").toHaveCount(0);
    expect(".o_year_grid").toHaveText(/Start a client's roadmap/);
});
