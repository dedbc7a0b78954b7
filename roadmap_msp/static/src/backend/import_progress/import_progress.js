import {Component, onWillUnmount, useEffect, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const WAIT = 1000;

/** Asks the server for one batch after the other while the import runs, and shows how far it is. */
export class ImportProgress extends Component {
    static template = "roadmap_msp.ImportProgress";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm").silent;
        this.progress = useState({done: this.props.record.data.stored_count});
        this.left = false;
        this.busy = false;
        useEffect(
            (state) => {
                if (state === "running") {
                    this.run();
                }
            },
            () => [this.props.record.data.state],
        );
        onWillUnmount(() => {
            this.left = true;
        });
    }

    get total() {
        return this.props.record.data.todo_count;
    }

    get percent() {
        return this.total ? Math.round((100 * this.progress.done) / this.total) : 0;
    }

    get atOnce() {
        return this.props.record.data.mode === "all";
    }

    /** All rows at once are one long call: asks beside it how many rows are ready. */
    async watch() {
        while (this.busy && !this.left) {
            await new Promise((resolve) => setTimeout(resolve, WAIT));
            const done = await this.orm.call("roadmap.import", "get_progress", [
                this.props.record.resId,
            ]);
            if (this.busy) {
                this.progress.done = done;
            }
        }
    }

    async run() {
        if (this.busy) {
            return;
        }
        this.busy = true;
        if (this.atOnce) {
            this.watch();
        }
        try {
            let state = "running";
            while (state === "running" && !this.left) {
                const answer = await this.orm.call("roadmap.import", "action_run_batch", [
                    [this.props.record.resId],
                ]);
                if (this.progress.done === answer.done && answer.state === "running") {
                    // Another window is at work on it.
                    await new Promise((resolve) => setTimeout(resolve, WAIT));
                }
                this.progress.done = answer.done;
                state = answer.state;
            }
        } finally {
            this.busy = false;
            if (!this.left) {
                await this.props.record.load();
            }
        }
    }
}

export const importProgress = {
    component: ImportProgress,
    supportedTypes: ["integer"],
    fieldDependencies: [
        {name: "todo_count", type: "integer"},
        {name: "state", type: "selection"},
        {name: "mode", type: "selection"},
    ],
};

registry.category("fields").add("roadmap_import_progress", importProgress);
