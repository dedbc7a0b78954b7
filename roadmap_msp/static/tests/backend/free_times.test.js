import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {contains, defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class Booking extends models.Model {
    start = fields.Datetime();
    free_times = fields.Json();
    _records = [
        {
            id: 1,
            start: "2026-03-16 09:00:00",
            free_times: [
                {
                    title: "Monday 16 March",
                    slots: [
                        {value: "2026-03-16 09:00:00", label: "10:00"},
                        {value: "2026-03-16 10:00:00", label: "11:00"},
                    ],
                },
                {
                    title: "Tuesday 17 March",
                    slots: [{value: "2026-03-17 09:00:00", label: "10:00"}],
                },
            ],
        },
        {id: 2, start: "2026-03-16 09:00:00", free_times: []},
    ];
}

defineMailModels();
defineModels([Booking]);

const FORM = {
    type: "form",
    resModel: "booking",
    arch: `<form><field name="start" invisible="1"/><field name="free_times" widget="roadmap_free_times"/></form>`,
};

test("a free time is taken by a click", async () => {
    await mountView({...FORM, resId: 1});
    const chosen = ".o_roadmap_free_times button.btn-primary";
    expect(queryAllTexts(".o_roadmap_free_times span")).toEqual([
        "Monday 16 March",
        "Tuesday 17 March",
    ]);
    expect(chosen).toHaveCount(1);
    expect(chosen).toHaveAttribute("data-start", "2026-03-16 09:00:00");
    await contains("button[data-start='2026-03-17 09:00:00']").click();
    expect(chosen).toHaveCount(1);
    expect(chosen).toHaveAttribute("data-start", "2026-03-17 09:00:00");
});

test("a week without a free time says so", async () => {
    await mountView({...FORM, resId: 2});
    expect(".o_roadmap_free_times button").toHaveCount(0);
    expect(".o_roadmap_free_times").toHaveText(/No time in this week/);
});
