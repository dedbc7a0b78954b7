import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const point = (words) => `.o_roadmap_point:contains(${words})`;
const several = ".o_roadmap_several";

/** The owner: several at once with a choice between options, one great risk refused and signed, a talk. */
tours.add("roadmap_decide_several", {
    steps: () => [
        {
            trigger: ".o_roadmap_several_open",
            run: "click",
        },
        {
            content: "Rent the printer",
            trigger: `${point("Printer")} .o_roadmap_option:contains(Rent) input`,
            run: "click",
        },
        {
            content: "The risk is another matter",
            trigger: `${point("Second factor")} .o_roadmap_tick input:checked`,
            run: "click",
        },
        {
            content: "Wi-Fi neither",
            trigger: `${point("New Wi-Fi")} .o_roadmap_tick input:checked`,
            run: "click",
        },
        {
            content: "What the two come to, the rent instead of the price",
            trigger: `${several}:contains(2 points):contains(12,850):contains(40 per month)`,
        },
        {
            trigger: `${several} .o_roadmap_several_answer[data-decision='approved']`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `${point("Printer")}:contains(Approved)`},
        {
            content: "No to the critical point: the risk is shown, then a reason and a date",
            trigger: `${point("Second factor")} .o_roadmap_open[data-panel='declined']`,
            run: "click",
        },
        {trigger: `${point("Second factor")}:contains(What this risk means)`},
        {
            trigger: `${point("Second factor")} .o_roadmap_refusal input[type='text']`,
            run: "edit Next year",
        },
        {
            trigger: `${point("Second factor")} .o_roadmap_refusal button:contains(Continue):enabled`,
            run: "click",
        },
        {
            content: "Unsigned it goes nowhere",
            trigger: `${point("Second factor")} .o_roadmap_refusal button:contains(accept):disabled`,
        },
        {
            trigger: `${point("Second factor")} .o_web_sign_auto_button`,
            run: "click",
        },
        {
            trigger: `${point("Second factor")} canvas.o_web_sign_signature`,
            run: "canvasNotEmpty",
        },
        {
            trigger: `${point("Second factor")} .o_roadmap_refusal button:contains(accept):enabled`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `${point("Second factor")} a:contains(Signed page)`},
        {
            content: "Let us talk about the Wi-Fi",
            trigger: `${point("New Wi-Fi")} .o_roadmap_open[data-panel='talk']`,
            run: "click",
        },
        {
            trigger: `${point("New Wi-Fi")} form[data-decision='talk'] input[name='reason']`,
            run: "edit Does it reach the yard?",
        },
        {
            trigger: `${point("New Wi-Fi")} form[data-decision='talk'] button[type='submit']`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `${point("New Wi-Fi")}:not(:contains(Approved)) .o_roadmap_answer`},
    ],
});

/** A signer with a limit: above it the first of two signatures; "not now" with a date. */
tours.add("roadmap_decide_first_of_two", {
    steps: () => [
        {
            trigger: `${point("Replace 8")} .o_roadmap_answer[data-decision='approved']`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `${point("Replace 8")}:contains(waits for a second signature)`},
        {
            trigger: `${point("New Wi-Fi")} .o_roadmap_open[data-panel='deferred']`,
            run: "click",
        },
        {
            trigger: `${point("New Wi-Fi")} form[data-decision='deferred'] input[name='reason']`,
            run: "edit The office moves first",
        },
        {
            trigger: `${point("New Wi-Fi")} form[data-decision='deferred'] button[type='submit']`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `${point("New Wi-Fi")}:contains(Not now)`},
    ],
});

/** The second signer. */
tours.add("roadmap_decide_second_of_two", {
    steps: () => [
        {
            trigger: `${point("Replace 8")} .o_roadmap_answer[data-decision='approved']`,
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: `${point("Replace 8")}:contains(Approved)`},
    ],
});
