import {useExternalListener} from "@odoo/owl";

/** Arrow keys lead on and back, letters open the forms; not while somebody types. */
export function usePresentKeys(present) {
    const keys = {
        ArrowRight: () => present.go(present.state.step + 1),
        ArrowLeft: () => present.go(present.state.step - 1),
        d: () => present.open("decide"),
        l: () => present.open("defer"),
        x: () => present.open("drop"),
        r: () => present.open("risk"),
        p: () => present.open("promise"),
        n: () => present.open("topic"),
        q: () => present.topic && present.askQuote(),
        f: () => present.fullScreen(),
    };

    useExternalListener(window, "keydown", (ev) => {
        if (ev.key === "Escape" && present.state.form) {
            ev.preventDefault();
            present.close();
            return;
        }
        const typing = ev.target.closest?.("input, textarea, select, .modal");
        // Letters count with Caps Lock or Shift too: on the buttons they stand as capitals.
        const run = keys[ev.key?.length === 1 ? ev.key.toLowerCase() : ev.key];
        if (!run || typing || present.state.form || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        ev.preventDefault();
        run();
    });
}
