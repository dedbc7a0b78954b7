const {DateTime} = window.luxon;

/**
 * The months of a quarter such as "FY2027 Q1", as people say them: "Jul-Sep".
 *
 * @param {string} lane
 * @param {number|false} start month in which the fiscal year begins, false if unknown
 * @returns {string} empty for lanes that are no quarter
 */
export function monthsOfLane(lane, start) {
    const found = /^FY\d+ Q([1-4])$/.exec(lane || "");
    if (!found || !start) {
        return "";
    }
    const first = start - 1 + 3 * (Number(found[1]) - 1);
    const name = (month) => DateTime.local(2001, (month % 12) + 1).monthShort;
    return `${name(first)}-${name(first + 2)}`;
}
