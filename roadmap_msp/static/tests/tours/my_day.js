import {registry} from "@web/core/registry";

/** The day's first call is booked by its button, and is off the page then. */
registry.category("web_tour.tours").add("roadmap_my_day", {
    steps: () => [
        {
            trigger: ".o_my_day_calls .o_my_day_row button:contains('Book'):not(.o_my_day_client)",
            run: "click",
        },
        {trigger: ".modal .o_field_widget[name='start']"},
        {trigger: ".modal footer button[name='action_confirm']:visible", run: "click"},
        {
            content: "Nobody is left to call",
            trigger: "body:not(:has(.o_my_day_calls .o_my_day_row))",
        },
    ],
});
