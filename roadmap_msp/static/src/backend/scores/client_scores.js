import {Component, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const SECTIONS = "roadmap.assessment.section";
const BAND_COLOURS = {
    good: "#2e7d4f",
    fair: "#4c8dae",
    needs_work: "#d99a2b",
    at_risk: "#c0504d",
};
const OTHERS = "#8a8f98";

/** One client: score by page beside the others of its tier, and the trend over its runs. */
export class ClientScores extends Component {
    static template = "roadmap_msp.ClientScores";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.byPage = useRef("byPage");
        this.trend = useRef("trend");
        this.state = useState({data: null, kind: "bar"});
        const {context, params} = this.props.action;
        const id = context?.active_id || params?.active_id;
        onWillStart(async () => {
            const scores = this.orm.call(SECTIONS, "get_client_scores", [id]);
            const [data] = await Promise.all([scores, loadBundle("web.chartjs_lib")]);
            this.state.data = data;
        });
        useEffect(
            () => this.draw(this.byPage.el, this.pageChart),
            () => [this.state.kind],
        );
        useEffect(
            () => this.draw(this.trend.el, this.trendChart),
            () => [],
        );
    }

    /** Draw a chart; returns what removes it. */
    draw(canvas, config) {
        if (!canvas) {
            return undefined;
        }
        // eslint-disable-next-line no-undef
        const chart = new Chart(canvas, config);
        return () => chart.destroy();
    }

    get pageChart() {
        const {pages, client, tier} = this.state.data;
        const radar = this.state.kind === "radar";
        const own = {
            label: client,
            data: pages.map((page) => page.score),
            backgroundColor: radar
                ? "rgba(76, 141, 174, 0.25)"
                : pages.map((page) => BAND_COLOURS[page.band]),
            borderColor: BAND_COLOURS.fair,
            borderWidth: radar ? 2 : 0,
        };
        const datasets = [own];
        if (pages.some((page) => (page.others ?? null) !== null)) {
            datasets.push({
                label: _t("Others of %s", tier),
                data: pages.map((page) => page.others ?? null),
                backgroundColor: radar ? "transparent" : OTHERS,
                borderColor: OTHERS,
                borderWidth: radar ? 2 : 0,
            });
        }
        const scale = {min: 0, max: 100};
        return {
            type: radar ? "radar" : "bar",
            data: {labels: pages.map((page) => (radar ? page.code : page.name)), datasets},
            options: {
                indexAxis: "y",
                maintainAspectRatio: false,
                animation: false,
                scales: radar ? {r: scale} : {x: scale, y: {ticks: {autoSkip: false}}},
                plugins: {legend: {display: datasets.length > 1, position: "bottom"}},
            },
        };
    }

    get trendChart() {
        const {trend} = this.state.data;
        return {
            type: "line",
            data: {
                labels: trend.map((run) => run.date),
                datasets: [
                    {
                        data: trend.map((run) => run.score),
                        borderColor: BAND_COLOURS.fair,
                        backgroundColor: trend.map((run) => BAND_COLOURS[run.band]),
                        pointRadius: 5,
                    },
                ],
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                scales: {y: {min: 0, max: 100}},
                plugins: {legend: {display: false}},
            },
        };
    }

    get height() {
        return this.state.kind === "radar" ? 460 : Math.max(180, 26 * this.state.data.pages.length);
    }

    difference(page) {
        if (page.earlier === null) {
            return "";
        }
        const step = Math.round(page.score - page.earlier);
        return step > 0 ? `+${step}` : `${step}`;
    }

    async openPage(page) {
        const action = await this.orm.call(SECTIONS, "action_open_answers", [[page.page_id]]);
        this.action.doAction(action);
    }
}

registry.category("actions").add("roadmap_msp.client_scores", ClientScores);
