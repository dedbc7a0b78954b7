import {clock, useMeetingClock} from "./meeting_clock";
import {leaveFullScreen, toggleFullScreen} from "./full_screen";
import {usePresentKeys} from "./present_keys";
import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {SignatureDialog} from "@web/core/signature/signature_dialog";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/**
 * Present mode: the meeting full screen, one step at a time, for the room or a shared screen.
 *
 * Steps are who is here, what became of last time, each topic, and the recap. What is fetched is
 * what the client may read; each capture answers with the screen as it is now.
 */
export class Present extends Component {
    static template = "roadmap_msp.Present";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        useAutofocus({refName: "first", mobile: true});
        const {params, context} = this.props.action;
        this.meetingId = params?.meeting_id || context?.active_id;
        this.state = useState({
            meeting: null,
            step: 0,
            form: null,
            values: {},
            error: "",
            busy: false,
            seconds: 0,
            total: 0,
        });
        usePresentKeys(this);
        onWillStart(async () => {
            this.state.meeting = await this.call("get_presentation");
        });
        this.clock = clock;
        this.time = useMeetingClock(this);
    }

    call(method, ...args) {
        return this.orm.call("roadmap.meeting", method, [[this.meetingId], ...args]);
    }

    // Steps -------------------------------------------------------------------------------------

    get steps() {
        const {topics} = this.state.meeting;
        return [
            {key: "people", title: _t("Who is here")},
            {key: "since", title: _t("Since last time")},
            ...topics.map((topic) => ({key: `topic-${topic.id}`, title: topic.name, topic})),
            {key: "recap", title: _t("What we take away")},
        ];
    }

    get step() {
        return this.steps[Math.min(this.state.step, this.steps.length - 1)];
    }

    get topic() {
        return this.step.topic;
    }

    get here() {
        return this.state.meeting.people.filter((person) => person.here);
    }

    /** Whose word counts for the client on the topic of the screen; a great risk takes a signer. */
    get accepters() {
        const may = this.topic?.signed ? "signs" : "decides";
        return this.state.meeting.people.filter((person) => !person.ours && person[may]);
    }

    /** Promises of the topic on the screen, or all of this meeting. */
    get promises() {
        return this.state.meeting.actions;
    }

    go(step) {
        this.state.step = Math.max(0, Math.min(step, this.steps.length - 1));
        this.state.seconds = this.topic ? this.topic.seconds : 0;
        this.close();
    }

    // Forms -------------------------------------------------------------------------------------

    /** Open one of the small forms: decide, defer, drop, risk, promise or topic. */
    open(form) {
        if (["decide", "defer", "drop", "risk"].includes(form) && !this.topic) {
            return;
        }
        const people = form === "risk" ? this.accepters : this.state.meeting.people;
        const first = people.find((person) => person.here) || people[0];
        this.state.values = {
            text: form === "decide" ? this.topic.outcome : "",
            waits: "",
            day: form === "promise" ? this.state.meeting.due : "",
            person: first ? first.id : 0,
            quote: false,
        };
        this.state.error = "";
        this.state.form = form;
    }

    close() {
        this.state.form = null;
        this.state.error = "";
    }

    /** One capture at a time; what the server refuses stands in the form, in its words. */
    async capture(method, ...args) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const key = this.step.key;
            const meeting = await this.call(method, ...args);
            for (const topic of meeting.topics) {
                topic.seconds += this.time.unsavedOf(topic);
            }
            this.state.meeting = meeting;
            const index = this.steps.findIndex((step) => step.key === key);
            this.state.step = index < 0 ? this.state.step : index;
            this.close();
        } catch (error) {
            if (!error.data) {
                throw error;
            }
            this.state.error = error.data.message;
        } finally {
            this.state.busy = false;
        }
    }

    submit() {
        const {text, waits, day, person, quote} = this.state.values;
        const id = this.topic && this.topic.id;
        switch (this.state.form) {
            case "decide":
                return this.capture("present_settle", id, "decided", text, "", false);
            case "defer":
                return this.capture("present_settle", id, "deferred", text, waits, day || false);
            case "drop":
                return this.capture("present_settle", id, "dropped", text, "", false);
            case "risk":
                return this.acceptRisk(id, text, day || false, Number(person));
            case "topic":
                return this.capture("present_new_topic", text, quote);
            default:
                return this.capture("present_promise", text, Number(person), day, id || false);
        }
    }

    /** A great risk is signed on the screen, in Odoo's own window. */
    acceptRisk(...args) {
        if (!this.topic.signed) {
            return this.capture("present_accept_risk", ...args);
        }
        const [, why, day, partnerId] = args;
        const signer = this.accepters.find((person) => person.id === partnerId);
        if (!signer || !why || !day) {
            // The server says what is missing, before anybody signs.
            return this.capture("present_accept_risk", ...args);
        }
        this.dialog.add(SignatureDialog, {
            defaultName: signer.name,
            nameAndSignatureProps: {mode: "draw", displaySignatureRatio: 3},
            uploadSignature: ({name, signatureImage}) =>
                this.capture("present_accept_risk", ...args, signatureImage, name),
        });
    }

    askQuote() {
        return this.capture("present_quote", this.topic.id);
    }

    openAgain() {
        return this.capture("present_settle", this.topic.id, "open");
    }

    setPromise(promise, state) {
        return this.capture("present_action_state", promise.id, state);
    }

    togglePerson(person) {
        const ids = this.here.map((one) => one.id).filter((id) => id !== person.id);
        return this.capture("present_here", person.here ? ids : [...ids, person.id]);
    }

    async finish() {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.time.save();
            const action = await this.call("present_finish", this.state.total);
            leaveFullScreen();
            await this.action.doAction(action, {clearBreadcrumbs: true});
        } catch (error) {
            if (!error.data) {
                throw error;
            }
            this.state.error = error.data.message;
        } finally {
            this.state.busy = false;
        }
    }

    async leave() {
        await this.time.save();
        leaveFullScreen();
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "roadmap.meeting",
            res_id: this.meetingId,
            views: [[false, "form"]],
            target: "main",
        });
    }

    fullScreen() {
        toggleFullScreen();
    }
}

registry.category("actions").add("roadmap_msp.present", Present);
