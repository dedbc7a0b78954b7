import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function signing(name, result) {
    return [
        {
            content: "Read the first year",
            trigger: ".o_roadmap_budget:contains(Five-year budget) svg",
        },
        {
            trigger: "#sign a:contains(Sign our plan)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#sign:contains(our plan, not an order) .o_web_sign_name_and_signature input",
            run: `edit ${name}`,
        },
        {
            trigger: "#sign canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            trigger: "#sign .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The page says what the signature did, and asks for no further one",
            trigger: `.o_roadmap_budget:not(:has(#sign)) .alert:contains(${result})`,
        },
    ];
}

/** The first of two: above what the contact may sign alone. */
tours.add("roadmap_budget_first_of_two", {
    steps: () => signing("Otto Office", "it waits for a second signature"),
});

/** The second of two: the budget is signed. */
tours.add("roadmap_budget_second_of_two", {
    steps: () => signing("Olive Owner", "Signed by Otto Office and Olive Owner"),
});

/** Finance opens the years, and is told who signs. */
tours.add("roadmap_budget_finance", {
    steps: () => [
        {
            trigger: ".o_roadmap_budget details summary:first",
            run: "click",
        },
        {
            trigger: ".o_roadmap_budget details[open]:contains(Workplaces)",
        },
        {
            content: "No signature of finance",
            trigger: ".o_roadmap_budget:not(:has(#sign)) .alert:contains(signs for your firm)",
        },
    ],
});
