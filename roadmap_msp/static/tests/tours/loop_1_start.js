import {registry} from "@web/core/registry";
import {stateIs} from "./loop_steps";

const tours = registry.category("web_tour.tours");

/** The customer service manager starts a client and books its first meeting. */
tours.add("roadmap_loop_1_activate", {
    steps: () => [
        {
            content: "Start the client",
            trigger: "button[name='action_activate']:contains(Activate)",
            run: "click",
        },
        stateIs("running"),
        {
            content: "The first meeting is planned: open the meetings of the client",
            trigger: "button[name='action_open_meetings']:contains(1)",
            run: "click",
        },
        {
            content: "It waits to be booked",
            trigger: ".o_kanban_group:contains(To Book) .o_kanban_record:contains(Loop Test Law)",
            run: "click",
        },
        stateIs("to_book"),
        {
            content: "Open the booking window",
            trigger: ".o_statusbar_buttons button[name='action_book']",
            run: "click",
        },
        {
            content: "The decision makers are invited already",
            trigger: ".modal .o_field_widget[name='partner_ids']:contains(Lea Loop)",
        },
        {
            content: "Take the proposed time",
            trigger: ".modal button[name='action_confirm']",
            run: "click",
        },
        stateIs("booked"),
    ],
});
