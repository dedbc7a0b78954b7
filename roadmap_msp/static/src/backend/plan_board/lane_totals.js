import {formatMonetary} from "@web/views/fields/formatters";

const AMOUNTS = ["amount_one_off", "amount_recurring"];

/** Cards that were just dropped count at once; long columns rely on the server's sums. */
function sumOf(group, name) {
    const {records, count} = group.list;
    const loaded = records.length === count;
    const sum = loaded
        ? records.reduce((total, record) => total + record.data[name], 0)
        : group.aggregates[name];
    return sum || 0;
}

/**
 * One-off and monthly money of these columns, as text, never added together.
 *
 * @param {Array} groups columns of the board
 * @returns {{oneOff: string, monthly: string}|false} false where their currencies differ
 */
export function laneTotals(groups) {
    const cards = groups.flatMap((group) => group.list.records);
    const currencies = new Set(cards.map((record) => record.data.currency_id?.id));
    if (currencies.size > 1) {
        return false;
    }
    const [currencyId] = currencies;
    const [oneOff, monthly] = AMOUNTS.map((name) =>
        groups.reduce((total, group) => total + sumOf(group, name), 0),
    );
    const show = (value) => value && formatMonetary(value, {currencyId, digits: [69, 0]});
    return {oneOff: show(oneOff), monthly: show(monthly)};
}

/**
 * The same for each fiscal year that has cards: its quarters together, or its one column.
 *
 * @param {Array} groups columns of the board
 * @returns {Array} [{year, totals}]
 */
export function yearTotals(groups) {
    const years = new Map();
    for (const group of groups) {
        const [year] = /^FY\d+/.exec(group.value || "") || [];
        if (year && group.count) {
            years.set(year, [...(years.get(year) || []), group]);
        }
    }
    return [...years].map(([year, lanes]) => ({year, totals: laneTotals(lanes)}));
}
