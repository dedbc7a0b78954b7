/**
 * The options that the client ticked in one point of the plan.
 *
 * @param {HTMLElement} point
 * @returns {number[]} their ids; none where the point has no options
 */
export function chosenOptions(point) {
    return [...point.querySelectorAll(".o_roadmap_option input:checked")].map((input) =>
        Number(input.value),
    );
}

/**
 * What the options that are ticked now cost more than those that the page was drawn with.
 *
 * @param {HTMLElement} point
 * @param {string} key once or monthly
 * @returns {number}
 */
export function optionDifference(point, key) {
    const inputs = [...point.querySelectorAll(".o_roadmap_option input")];
    return inputs.reduce((total, input) => {
        const amount = Number(input.dataset[key] || 0);
        return total + (input.checked ? amount : 0) - (input.defaultChecked ? amount : 0);
    }, 0);
}
