import {browser} from "@web/core/browser/browser";

/** An answer in one spelling, as the server may say 12 for "12" and sorts what is ticked. */
function inWords(version, value, note) {
    const list = Array.isArray(value) && value.map(String).sort();
    const plain = list ? (list.length && list) || null : value;
    const words = plain && typeof plain === "object" ? plain : String(plain);
    return JSON.stringify([version, words, (note || "").trim()]);
}

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
        // What was sent without an answer, and may have arrived nevertheless.
        this.unsure = new Map();
        // Questions whose entries wait until their files are there.
        this.held = new Set();
        // Questions of which this tab has written to the storage; another tab has its own.
        this.own = new Set();
    }

    /** Answers left over from an earlier visit: [question id, entry] pairs. */
    restore() {
        for (const [id, entry, unsure] of this.read()) {
            this.waiting.set(id, entry);
            this.unsure.set(id, new Set(unsure));
            this.own.add(id);
        }
        return [...this.waiting];
    }

    read() {
        try {
            const rows = JSON.parse(browser.localStorage.getItem(this.key) || "[]");
            return rows.filter((row) => Array.isArray(row) && row[1] instanceof Object);
        } catch {
            return [];
        }
    }

    get size() {
        return this.waiting.size + this.sent.size;
    }

    /** Whether something could be sent now. */
    get ready() {
        return [...this.waiting.keys()].some((id) => !this.held.has(id));
    }

    has(id) {
        return this.waiting.has(id) || this.sent.has(id);
    }

    /** What waits of a question; an empty entry for nothing. */
    entry(id) {
        return this.waiting.get(id) || {};
    }

    add(id, entry) {
        this.waiting.set(id, entry);
        this.store();
    }

    /** Something else stands instead. */
    drop(id) {
        this.waiting.delete(id);
        this.store();
    }

    /** Our own last answer was stored: what waits behind it was made on top of it. */
    renew(id, version) {
        this.unsure.delete(id);
        const entry = this.waiting.get(id);
        if (entry) {
            this.add(id, {...entry, version});
        }
    }

    /** Take everything that waits, to be sent now. */
    take() {
        const rows = [...this.waiting];
        this.sent = new Map(rows.filter(([id]) => !this.held.has(id)));
        this.waiting = new Map(rows.filter(([id]) => this.held.has(id)));
        return this.sent;
    }

    /** The server has dealt with what was sent. */
    done() {
        this.sent = new Map();
        this.store();
    }

    /** It did not arrive, or so it seems: back to waiting, under anything newer. */
    giveBack() {
        for (const [id, entry] of this.sent) {
            this.unsure.set(id, this.doubts(id));
            this.waiting.set(id, {...entry, ...this.waiting.get(id)});
        }
        this.done();
    }

    /** Answers of ours that the server may have taken without our knowing. */
    doubts(id) {
        const doubts = new Set(this.unsure.get(id));
        const entry = this.sent.get(id);
        return entry ? doubts.add(inWords(entry.version + 1, entry.value, entry.note)) : doubts;
    }

    /** Whether what stands is an answer of ours of which we never heard that it arrived. */
    arrived(id, {version, value, note}) {
        const unsure = this.unsure.get(id);
        return [value, undefined].some((part) => unsure?.has(inWords(version, part, note)));
    }

    /** Write down what is ours; what another tab wrote of other questions stays. */
    store() {
        const rows = this.read().filter(([id]) => !this.own.has(id));
        for (const [id, entry] of new Map([...this.sent, ...this.waiting])) {
            rows.push([id, entry, [...this.doubts(id)]]);
            this.own.add(id);
        }
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
