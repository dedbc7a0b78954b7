import {registry} from "@web/core/registry";
import {stateIs} from "./loop_steps";

const tours = registry.category("web_tour.tours");

/** The code of the second mail; the test makes the server draw it. */
const CODE = "246810";

tours.add("roadmap_loop_2_send", {
    steps: () => [
        {
            content: "Send the client a questionnaire",
            trigger: "button[name='action_send_questionnaire']",
            run: "click",
        },
        {
            content: "The mail is shown as the client will see it",
            trigger: ".modal .o_field_widget[name='preview']:contains(Lea)",
        },
        {
            trigger: ".modal button[name='action_send']",
            run: "click",
        },
        stateIs("sent"),
    ],
});

/** The outbox, on a mail's form: it may leave only now. */
tours.add("roadmap_loop_release", {
    steps: () => [
        stateIs("prepared"),
        {
            trigger: "button[name='action_release']",
            run: "click",
        },
        stateIs("released"),
    ],
});

const enter = () => [
    {
        content: "Ask for the code",
        trigger: ".o_roadmap_link button:contains(Send me a code)",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "Type the code of the second mail",
        trigger: "#roadmap_code",
        run: `edit ${CODE}`,
    },
    {
        trigger: ".o_roadmap_link button:contains(Continue)",
        run: "click",
        expectUnloadPage: true,
    },
];

const openPage = (words) => ({
    content: `Open the page ${words}`,
    trigger: `.list-group-item-action:contains(${words})`,
    run: "click",
    expectUnloadPage: true,
});

const ready = () => ({
    content: "The page's script runs",
    trigger: ".o_roadmap_page:has(.o_roadmap_no_script.d-none)",
});

const choose = (question, choice) => ({
    content: `${question}: ${choice}`,
    trigger: `.o_roadmap_question:contains(${question}) .o_roadmap_choice:contains(${choice}) input`,
    run: "click",
});

const fill = (question, value) => ({
    content: `${question}: ${value}`,
    trigger: `.o_roadmap_question:contains(${question}) .o_roadmap_value`,
    run: `edit ${value}`,
});

/** What was answered is stored: the page says so once nothing waits any more. */
const saved = (done) => ({
    content: `${done} needed answers are stored`,
    trigger: `.o_roadmap_page_head:has(.o_roadmap_done:text(${done})):has(.o_roadmap_saved:contains(saved))`,
});

/** The button under the thumb leads over what is still open, then to the next page. */
const turn = (words) => ({
    content: `To the next page: ${words}`,
    trigger: ".o_roadmap_next",
    async run({click}) {
        while (this.anchor.textContent !== words) {
            this.anchor.click();
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        await click();
    },
    expectUnloadPage: true,
});

/** First visit, on a phone: four answers, then the contact is called away. */
tours.add("roadmap_loop_2_answer", {
    steps: () => [
        ...enter(),
        openPage("Company profile"),
        ready(),
        choose("final decision on technology", "Decision maker joins"),
        saved(1),
        choose("every system were down", "Half a day"),
        saved(2),
        turn("Next page"),
        ready(),
        choose("deliver first", "Fewer outages"),
        {trigger: ".o_roadmap_saved:contains(saved)"},
        turn("Next page"),
        ready(),
        fill("How many people work here", "12"),
        saved(1),
    ],
});

const answered = (question, choice) => ({
    content: `${question} is still ${choice}`,
    trigger: `.o_roadmap_question:contains(${question}) .o_roadmap_choice:contains(${choice}) input:checked`,
});

/** Second visit, on another device: nothing is lost; the rest, then submit. */
tours.add("roadmap_loop_2_submit", {
    steps: () => [
        ...enter(),
        openPage("Company profile"),
        ready(),
        answered("final decision on technology", "Decision maker joins"),
        answered("every system were down", "Half a day"),
        turn("Next page"),
        ready(),
        answered("deliver first", "Fewer outages"),
        turn("Next page"),
        ready(),
        {trigger: ".o_roadmap_question:contains(How many people work here) input:value(12)"},
        choose("left tomorrow", "Someone, with documents"),
        saved(2),
        turn("Next page"),
        ready(),
        choose("technology budget for this year", "Written and approved"),
        saved(1),
        choose("replaced by plan", "Planned cycle"),
        saved(2),
        turn("Next page"),
        ready(),
        choose("changes of bank details", "Yes, fully"),
        saved(1),
        turn("Next page"),
        ready(),
        choose("if the office were closed", "Yes, tried"),
        {trigger: ".o_roadmap_saved:contains(saved)"},
        turn("Next page"),
        ready(),
        choose("plan for a cyber incident", "None"),
        saved(1),
        turn("Next page"),
        ready(),
        choose("cyber insurance policy", "Yes, limit fits our risk"),
        saved(1),
        turn("Next page"),
        ready(),
        choose("someone who leaves closed", "Same day"),
        saved(1),
        turn("Next page"),
        ready(),
        choose("get security training", "Never"),
        saved(1),
        turn("Next page"),
        ready(),
        fill("annoy you most", "The slow laptops"),
        {trigger: ".o_roadmap_saved:contains(saved)"},
        turn("Done"),
        {
            content: "Submit",
            trigger: "form[action$='/submit'] button.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What happens next, by when, and who",
            trigger: ".o_roadmap:contains(Vera Vcio)",
        },
    ],
});
