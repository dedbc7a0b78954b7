import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";

/** Told apart also by people who do not see red and green alike. */
const COLOURS = [
    "#3b6fb6",
    "#e39d3d",
    "#4c9a6a",
    "#a0529b",
    "#c8553d",
    "#5fb0c5",
    "#8a7f3c",
    "#5b4fc4",
    "#d67fae",
    "#2f6f73",
    "#9c6b4a",
    "#9bb53c",
];
/** The colour of the area at that place; beyond the list each its own shade. */
export function colourAt(index) {
    return COLOURS[index] || `hsl(${Math.round(index * 137.5) % 360}, 55%, 58%)`;
}
/** What has no technology area: never the colour of one. */
export const NO_AREA = "#8b8f98";

/** A tile of diagonal lines in one colour: recurring money. */
function hatch(colour) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = "rgba(255, 255, 255, 0.9)";
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = colour;
    pen.lineWidth = 2.5;
    pen.beginPath();
    for (const offset of [-4, 4, 12]) {
        pen.moveTo(offset - 4, 8);
        pen.lineTo(offset + 4, 0);
    }
    pen.stroke();
    return pen.createPattern(tile, "repeat");
}

/**
 * Two bars a year, one-off solid and recurring hatched, each stacked by technology area.
 *
 * The table beside it holds the same figures; the chart is for the eye.
 */
export class FiveYearsChart extends Component {
    static template = "roadmap_msp.FiveYearsChart";
    static props = {
        years: Array,
        rows: Array,
        colours: Object,
        format: Function,
        onOpen: Function,
    };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(() => this.render_());
        onWillUnmount(() => this.chart?.destroy());
    }

    get datasets() {
        return this.props.rows.map((row) => {
            const colour = this.props.colours[row.category_id];
            const recurring = row.kind === "recurring";
            return {
                label: row.name,
                row,
                data: row.values,
                stack: row.kind,
                backgroundColor: recurring ? hatch(colour) : colour,
                borderColor: colour,
                borderWidth: recurring ? 1 : 0,
                maxBarThickness: 56,
            };
        });
    }

    render_() {
        this.chart?.destroy();
        const {years, format, onOpen} = this.props;
        // The library sets itself on the window.
        // eslint-disable-next-line no-undef
        this.chart = new Chart(this.canvas.el, {
            type: "bar",
            data: {labels: years.map((year) => year.label), datasets: this.datasets},
            options: {
                maintainAspectRatio: false,
                animation: false,
                onClick: (_ev, [bar]) => {
                    if (bar) {
                        onOpen(this.datasets[bar.datasetIndex].row, bar.index);
                    }
                },
                plugins: {
                    legend: {display: false},
                    tooltip: {
                        callbacks: {
                            label: ({dataset, raw}) => {
                                return `${dataset.label}: ${format(raw)}`;
                            },
                        },
                    },
                },
                scales: {
                    x: {stacked: true, grid: {display: false}},
                    y: {stacked: true, ticks: {callback: (value) => format(value)}},
                },
            },
        });
    }
}
