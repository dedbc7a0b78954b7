import {browser} from "@web/core/browser/browser";

/**
 * Answers on their way to the server. They are written to the browser's storage first and leave it
 * when the server has taken them, so that neither a lost connection nor a closed tab loses any.
 */
export class Outgoing {
    /** @param {string} key of the browser's storage: one run, one page, one person */
    constructor(key) {
        this.key = key;
        this.waiting = new Map();
        this.sent = new Map();
    }

    /** Answers left over from an earlier visit: [question id, entry] pairs. */
    restore() {
        try {
            const rows = JSON.parse(browser.localStorage.getItem(this.key) || "[]");
            this.waiting = new Map(rows.filter((row) => Array.isArray(row) && row.length === 2));
        } catch {
            this.waiting = new Map();
        }
        return [...this.waiting];
    }

    get size() {
        return this.waiting.size + this.sent.size;
    }

    has(id) {
        return this.waiting.has(id) || this.sent.has(id);
    }

    add(id, entry) {
        this.waiting.set(id, entry);
        this.store();
    }

    /** Take everything that waits, to be sent now. */
    take() {
        this.sent = this.waiting;
        this.waiting = new Map();
        return this.sent;
    }

    /** The server has dealt with what was sent. */
    done() {
        this.sent = new Map();
        this.store();
    }

    /** It did not arrive: back to waiting, unless something newer waits already. */
    giveBack() {
        this.waiting = new Map([...this.sent, ...this.waiting]);
        this.sent = new Map();
        this.store();
    }

    store() {
        const rows = [...this.sent, ...this.waiting];
        try {
            if (rows.length) {
                browser.localStorage.setItem(this.key, JSON.stringify(rows));
            } else {
                browser.localStorage.removeItem(this.key);
            }
        } catch {
            // Storage may be full or forbidden; what is in memory is still sent.
        }
    }
}
