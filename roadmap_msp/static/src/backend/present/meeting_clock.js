import {onWillDestroy} from "@odoo/owl";

/** So often (ms) the seconds of a topic go to the server, so that a closed lid loses few. */
const SAVE_EVERY = 60000;

/** Seconds as people read them: 3:07. */
export function clock(seconds) {
    const rest = String(seconds % 60).padStart(2, "0");
    return `${Math.floor(seconds / 60)}:${rest}`;
}

/** Counts the seconds of the meeting and of the topic on the screen, and sends those of topics. */
export function useMeetingClock(present) {
    const {state} = present;
    let unsaved = {};

    function tick() {
        if (!state.meeting) {
            return;
        }
        state.total++;
        const {topic} = present;
        if (topic) {
            state.seconds++;
            unsaved[topic.id] = (unsaved[topic.id] || 0) + 1;
            topic.seconds = state.seconds;
        }
    }

    async function save() {
        const seconds = unsaved;
        if (!Object.keys(seconds).length) {
            return;
        }
        unsaved = {};
        try {
            await present.call("present_time", seconds);
        } catch (error) {
            // Without a connection they wait for the next time.
            for (const [id, spent] of Object.entries(seconds)) {
                unsaved[id] = (unsaved[id] || 0) + spent;
            }
            throw error;
        }
    }

    const ticking = setInterval(tick, 1000);
    const saving = setInterval(save, SAVE_EVERY);
    onWillDestroy(() => {
        clearInterval(ticking);
        clearInterval(saving);
    });
    return {save, unsavedOf: (topic) => unsaved[topic.id] || 0};
}
