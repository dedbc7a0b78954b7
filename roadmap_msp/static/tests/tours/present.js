import {registry} from "@web/core/registry";

/** A meeting is presented by keyboard: a decision, a promise, and it ends with its minutes. */
registry.category("web_tour.tours").add("roadmap_present", {
    steps: () => [
        {trigger: ".o_statusbar_buttons button[name='action_present']", run: "click"},
        {content: "Who is here comes first", trigger: ".o_present_person.active"},
        {
            content: "The arrow leads on to what became of last time",
            trigger: "body:has(.o_present)",
            run: "press ArrowRight",
        },
        {trigger: ".o_present main h1:contains('Since last time')"},
        {trigger: "body", run: "press ArrowRight"},
        {trigger: ".o_present_title:contains('Server')"},
        {trigger: "body", run: "press d"},
        {trigger: ".o_present_form .o_present_first", run: "edit Two servers"},
        {trigger: ".o_present_save", run: "click"},
        {trigger: ".o_present_outcome:contains('Two servers')"},
        {trigger: "body:not(:has(.o_present_form))", run: "press p"},
        {trigger: ".o_present_form .o_present_first", run: "edit Send the offer"},
        {trigger: ".o_present_save", run: "click"},
        {trigger: "body:not(:has(.o_present_form))", run: "press ArrowRight"},
        {trigger: ".o_present_row:contains('Send the offer')"},
        {trigger: ".o_present_finish", run: "click"},
        {content: "The minutes are written", trigger: ".o_form_view button[name='action_close']"},
    ],
});
