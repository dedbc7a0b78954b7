/** Fiscal years with the name that people use; one that is no calendar year says so. */
export function namedYears(years) {
    return years.map((year) => {
        const plain = year.from.slice(5) === "01-01";
        const range = `${year.from.slice(0, 7)} – ${year.to.slice(0, 7)}`;
        return {...year, label: plain ? year.year : `FY${year.year.slice(2)}`, range};
    });
}

/** Columns of the table: years, and the quarters of those that are open. */
export function columnsOf(years, open) {
    return years.flatMap((year, index) => {
        const column = {...year, key: year.year, year: index, quarter: null};
        if (!open[year.year]) {
            return [column];
        }
        const quarters = [0, 1, 2, 3].map((quarter) => ({
            key: `${year.year} Q${quarter + 1}`,
            year: index,
            quarter,
            label: `Q${quarter + 1}`,
        }));
        return [...quarters, column];
    });
}
