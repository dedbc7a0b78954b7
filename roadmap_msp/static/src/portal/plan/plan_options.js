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
