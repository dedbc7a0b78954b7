import {listButton, selectAll} from "./loop_steps";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The items are frozen and shown to the client. */
tours.add("roadmap_loop_4_propose", {
    steps: () => [
        {
            trigger: "button[name='action_open_items']",
            run: "click",
        },
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains(Replace 3)"},
        selectAll(),
        listButton("action_propose_selected"),
        {
            content: "The proposal with its three points",
            trigger:
                ".o_form_view .o_field_widget[name='line_ids'] .o_data_row:contains(Replace 3)",
        },
    ],
});

const point = (words) => `.o_roadmap_point:contains(${words})`;

/** The decision maker on the phone: two times yes, one no with a reason. */
tours.add("roadmap_loop_4_decide", {
    steps: () => [
        {
            content: "What waits for me",
            trigger: ".o_roadmap_todo a:contains(decision)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Yes to the laptops: a quotation, no purchase yet",
            trigger: `${point("Replace 3")} .o_roadmap_answer[data-decision='approved']`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `${point("Replace 3")}:contains(Approved)`},
        {
            content: "Yes to the training",
            trigger: `${point("awareness")} .o_roadmap_answer[data-decision='approved']`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `${point("awareness")}:contains(Approved)`},
        {
            content: "No to the exercise",
            trigger: `${point("Incident response")} .o_roadmap_open[data-panel='declined']`,
            run: "click",
        },
        {
            trigger: `${point("Incident response")} form[data-decision='declined'] select`,
            run: "select Not needed",
        },
        {
            trigger: `${point("Incident response")} form[data-decision='declined'] input[name='reason']`,
            run: "edit Our insurer runs one with us",
        },
        {
            trigger: `${point("Incident response")} form[data-decision='declined'] button[type='submit']`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `${point("Incident response")}:contains(Declined)`},
    ],
});
