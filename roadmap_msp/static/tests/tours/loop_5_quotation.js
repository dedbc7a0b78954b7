import {listButton, selectRow, stateIs} from "./loop_steps";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** One click: what was approved stands on one quotation. */
tours.add("roadmap_loop_5_quote", {
    steps: () => [
        {
            trigger: "button[name='action_open_items']",
            run: "click",
        },
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        selectRow("Replace 3"),
        selectRow("awareness"),
        listButton("action_create_quotation"),
        {
            content: "A section for each item, the recurring lines apart",
            trigger: "[name='order_line'] tr.o_is_line_section input:value(/per month/)",
        },
        {trigger: "[name='order_line'] tr.o_is_line_section input:value(/^Replace 3/)"},
        {
            content: "Two totals",
            trigger: ".o_field_widget[name='roadmap_amount_month']",
        },
        {
            content: "Send it, by Odoo's own composer",
            trigger: ".o_statusbar_buttons button[name='action_quotation_send']:contains(Send)",
            run: "click",
        },
        {
            trigger: ".modal button[name='action_send_mail']:enabled",
            run: "click",
        },
        stateIs("sent"),
    ],
});

/** The client leaves one item out and signs the rest, on Odoo's own page. */
tours.add("roadmap_loop_5_sign", {
    steps: () => [
        {
            content: "Leave the laptops out",
            trigger: "tr:contains(Replace 3) button:contains(Leave out)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "tr:contains(Replace 3):contains(Left out)",
        },
        {
            content: "Accept the rest",
            trigger: "a[data-bs-target='#modalaccept']:contains(Sign)",
            run: "click",
        },
        {
            content: "The two totals stand above the signature; write the own name",
            trigger: ".modal:contains(per month) .o_web_sign_name_and_signature input",
            run: "edit Olive Owner",
        },
        {
            trigger: ".modal canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Ordered",
            trigger: "#quote_content:contains(Thank You)",
        },
    ],
});
