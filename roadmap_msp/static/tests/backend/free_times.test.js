import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {mockDate} from "@odoo/hoot-mock";
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
    expect(queryAllTexts(".o_roadmap_free_day")).toEqual(["Monday 16 March", "Tuesday 17 March"]);
    expect(chosen).toHaveCount(1);
    expect(chosen).toHaveAttribute("data-start", "2026-03-16 09:00:00");
    await contains("button[data-start='2026-03-17 09:00:00']").click();
    expect(chosen).toHaveCount(1);
    expect(chosen).toHaveAttribute("data-start", "2026-03-17 09:00:00");
});

test("other weeks are a click away, never one that is over", async () => {
    mockDate("2026-03-12 08:20:00", 0);
    await mountView({...FORM, resId: 1, arch: FORM.arch.replace(' invisible="1"', "")});
    const start = ".o_field_widget[name='start']";
    await contains(".o_roadmap_week_after").click();
    expect(start).toHaveText(/Mar 23.*9:00/);
    await contains(".o_roadmap_week_before").click();
    await contains(".o_roadmap_week_before").click();
    expect(start).toHaveText(/Mar 12.*9:00/);
    expect(".o_roadmap_week_before").toHaveProperty("disabled", true);
});

test("a week without a free time says so", async () => {
    await mountView({...FORM, resId: 2});
    expect(".o_roadmap_free_times button[data-start]").toHaveCount(0);
    expect(".o_roadmap_free_times").toHaveText(/No time in this week/);
});
