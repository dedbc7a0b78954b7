import {registry} from "@web/core/registry";
import {stateIs} from "./loop_steps";

const tours = registry.category("web_tour.tours");

/** The forecast of the client opens from its form. */
tours.add("roadmap_loop_6_forecast", {
    steps: () => [
        {
            content: "It stands among the further buttons of the form",
            trigger: ".o_button_more",
            run: "click",
        },
        {
            trigger: "button[name='action_open_forecast']",
            run: "click",
        },
        {
            content: "Years and quarters stand above the figures",
            trigger: ".o_pivot thead:contains(Q)",
        },
        {trigger: ".o_pivot tbody:contains(Total)"},
    ],
});

/** The meeting is held, its minutes are written and go to the outbox. */
tours.add("roadmap_loop_6_meeting", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button[name='action_hold']",
            run: "click",
        },
        stateIs("held"),
        {
            content: "A decision maker was here",
            trigger: ".o_field_widget[name='decision_maker_present'] input:checked",
        },
        {
            trigger: ".o_statusbar_buttons button[name='action_draft_minutes']",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name='action_close']",
            run: "click",
        },
        stateIs("closed"),
    ],
});
