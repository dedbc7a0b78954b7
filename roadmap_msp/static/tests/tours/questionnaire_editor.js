import {registry} from "@web/core/registry";

const row = (code) => `.o_data_row:has([name='code']:contains('${code}'))`;
const handle = (code) => `${row(code)} .o_row_handle`;

/** A new version is edited: a question moved within its page, one to another page, a condition. */
registry.category("web_tour.tours").add("roadmap_questionnaire_editor", {
    steps: () => [
        {trigger: "button[name='action_open_questions']", run: "click"},
        {trigger: `.o_list_view ${handle("AAA-6")}`, run: `drag_and_drop ${row("AAA-2")}`},
        {
            content: "It stands before the other one",
            trigger: `${row("AAA-6")} ~ ${row("AAA-2")}`,
        },
        {
            content: "Below the only question of the other page",
            trigger: handle("AAA-8"),
            async run(helpers) {
                await helpers.drag_and_drop(row("BBB-1"), {position: "bottom", relative: true});
            },
        },
        {trigger: `.o_group_header:contains('Our page') ~ ${row("AAA-8")}`},
        {trigger: `${row("AAA-6")} [name='code']`, run: "click"},
        {trigger: ".o_form_view .o_roadmap_condition:contains('always')"},
        {trigger: ".o_condition_add", run: "click"},
        {
            content: "Any other question with choices or figures is offered, but not itself",
            trigger: ".o_condition_question:not(:has(option[value='AAA-6']))",
            run: "select AAA-1",
        },
        {trigger: ".o_condition_value", run: "select No"},
        {trigger: ".o_condition_add", run: "click"},
        {trigger: ".o_condition_question:last", run: "select AAA-3"},
        {trigger: ".o_roadmap_condition input[type='number']", run: "edit 4 && press Tab"},
        {trigger: ".o_roadmap_condition select[aria-label='And or or']", run: "select or"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))"},
        {trigger: ".o_back_button", run: "click"},
        {trigger: `.o_list_view ${row("AAA-6")}`},
    ],
});
