import {listButton, selectAll, stateIs} from "./loop_steps";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The review: two findings become items with priced lines. */
tours.add("roadmap_loop_3_findings", {
    steps: () => [
        {
            trigger: "button[name='action_start_review']",
            run: "click",
        },
        stateIs("in_review"),
        {
            content: "The findings of this run",
            trigger: "button[name='action_open_findings']:contains(2)",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains(cyber incident)"},
        selectAll(),
        listButton("action_create_items"),
        {
            content: "Two items stand there",
            trigger: ".o_last_breadcrumb_item:not(:contains(Findings))",
        },
    ],
});

/** Devices past their life become one replacement item. */
tours.add("roadmap_loop_3_devices", {
    steps: () => [
        {
            trigger: "button[name='action_plan_due_assets']",
            run: "click",
        },
        {
            content: "One item for all of them, priced",
            trigger: ".o_form_view .o_field_widget[name='name'] input:value(/^Replace 3/)",
        },
    ],
});
