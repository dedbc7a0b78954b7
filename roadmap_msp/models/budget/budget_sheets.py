MONEY = "#,##0.00"


class BudgetSheets:
    """The two sheets of one budget."""

    def __init__(self, budget, book, sums, count):
        self.budget, self.book, self.sums = budget, book, sums
        self.last = count + 1
        self.years = budget._years()
        self._ = budget.env._
        self.other = self._("Other")
        line = budget.env["roadmap.budget.line"]
        self.kinds = dict(line._fields["kind"]._description_selection(budget.env))
        self.stages = dict(line._fields["stage"]._description_selection(budget.env))
        self.areas = sorted({key[3] for key in sums if key[0] in self.years})
        self.lines_name = self._("Lines")
        add = book.add_format
        self.bold = add({"bold": True})
        self.head = add({"bold": True, "bottom": 1, "bg_color": "#E8EEF6", "text_wrap": True})
        self.head_right = add({"bold": True, "bottom": 1, "bg_color": "#E8EEF6", "align": "right"})
        self.title = add({"bold": True, "font_size": 16})
        self.note = add({"text_wrap": True, "valign": "top", "font_color": "#555555"})
        self.money = add({"num_format": MONEY})
        self.total = add({"num_format": MONEY, "bold": True, "top": 1})
        self.row_total = add({"num_format": MONEY, "bold": True})
        self.total_text = add({"bold": True, "top": 1})
        # A text that begins like a formula stays a text, also when somebody edits the cell.
        self.quoted = add()
        self.quoted.set_quote_prefix()

    def text(self, sheet, row, column, value, style=None):
        if value and value[0] in "=+-@\t\r":
            style = style or self.quoted
        sheet.write_string(row, column, value, style)

    # ------------------------------------------------------------ summary
    def write_summary(self):
        """Five years by area, one-off and recurring apart, and the first year by quarter."""
        sheet = self.book.add_worksheet(self._("Budget"))
        budget, env = self.budget, self.budget.env
        self._page(sheet, landscape=True)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 6, 14)
        self.text(sheet, 0, 0, budget.partner_id.name or "", self.title)
        self.text(sheet, 1, 0, budget.name, self.bold)
        words = env._(
            "%(currency)s, without tax. This is our plan, not an order.",
            currency=budget.currency_id.name,
        )
        sheet.write_string(2, 0, words)
        row, charts = 4, []
        for kind, label in self.kinds.items():
            row = self._year_table(sheet, row, kind, label, charts)
        row = self._quarter_table(sheet, row)
        row = self._gaps(sheet, row)
        if charts:
            # A page of their own: a break through a chart cannot be read.
            sheet.set_h_pagebreaks([row + 1])
        for at, (label, first, last) in enumerate(charts):
            self._chart(sheet, row + 1 + 16 * at, label, first, last)
        sheet.print_area(0, 0, row + 1 + 16 * len(charts), 6)

    def _year_table(self, sheet, row, kind, label, charts):
        self.text(sheet, row, 0, label, self.head)
        for at, year in enumerate(self.years):
            sheet.write_string(row, 1 + at, f"FY{year}", self.head_right)
        sheet.write_string(row, 6, self._("Five years"), self.head_right)
        first = row + 1
        for place, area in enumerate(self.areas, start=first):
            self.text(sheet, place, 0, area)
            values = [self._sum(year, kind, area) for year in self.years]
            for at, (year, value) in enumerate(zip(self.years, values, strict=True)):
                criteria = f'{year},{self._column("E")},"{label}",{self._column("C")},$A{place + 1}'
                sheet.write_formula(
                    place,
                    1 + at,
                    f"=SUMIFS({self._column('G')},{self._column('A')},{criteria})",
                    self.money,
                    value,
                )
            formula = f"=SUM(B{place + 1}:F{place + 1})"
            sheet.write_formula(place, 6, formula, self.row_total, sum(values))
        last = first + len(self.areas) - 1
        sheet.write_string(last + 1, 0, self._("Total"), self.total_text)
        for at in range(6):
            letter = "BCDEFG"[at]
            years = self.years if at == 5 else [self.years[at]]
            value = sum(self._sum(year, kind, area) for year in years for area in self.areas)
            formula = f"=SUM({letter}{first + 1}:{letter}{last + 1})" if self.areas else "=0"
            sheet.write_formula(last + 1, 1 + at, formula, self.total, value)
        if self.areas:
            charts.append((label, first, last))
        return last + 3

    def _quarter_table(self, sheet, row):
        year = self.years[0]
        sheet.write_string(row, 0, f"FY{year}", self.head)
        for number in range(1, 5):
            sheet.write_string(row, number, f"Q{number}", self.head_right)
        sheet.write_string(row, 5, self._("Year"), self.head_right)
        for kind, label in self.kinds.items():
            row += 1
            self.text(sheet, row, 0, label)
            for number in range(1, 5):
                value = sum(
                    amount
                    for (when, quarter, of, _area), amount in self.sums.items()
                    if (when, quarter, of) == (year, number, kind)
                )
                formula = (
                    f"=SUMIFS({self._column('G')},{self._column('A')},{year},"
                    f'{self._column("B")},{number},{self._column("E")},"{label}")'
                )
                sheet.write_formula(row, number, formula, self.money, value)
            value = sum(self._sum(year, kind, area) for area in self.areas)
            sheet.write_formula(row, 5, f"=SUM(B{row + 1}:E{row + 1})", self.row_total, value)
        return row + 2

    def _gaps(self, sheet, row):
        unknown = (self.budget.unknown or "").splitlines()
        gaps = []
        if unknown:
            gaps.append(self._("Not known yet, and so in no figure: %s", "; ".join(unknown)))
        later = self.budget._unscheduled(self.sums, self.budget.roadmap_id._money)
        if later:
            gaps.append(self._("Not scheduled yet: %s", later))
        covered = (self.budget.covered or "").splitlines()
        if covered:
            gaps.append(
                self._("Covered by the agreement, at no extra cost: %s", "; ".join(covered))
            )
        for words in gaps:
            self.text(sheet, row, 0, words)
            row += 1
        return row

    def _sum(self, year, kind, area):
        return sum(
            amount
            for (when, _quarter, of, where), amount in self.sums.items()
            if (when, of, where) == (year, kind, area)
        )

    def _column(self, letter):
        name = self.lines_name.replace("'", "''")
        return f"'{name}'!${letter}$2:${letter}${max(self.last, 2)}"

    def _chart(self, sheet, row, label, first, last):
        name = sheet.get_name()
        chart = self.book.add_chart({"type": "column", "subtype": "stacked"})
        for place in range(first, last + 1):
            chart.add_series(
                {
                    "name": [name, place, 0],
                    "categories": [name, first - 1, 1, first - 1, 5],
                    "values": [name, place, 1, place, 5],
                }
            )
        chart.set_title({"name": label})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 820, "height": 300})
        # Its frame stays off the page before.
        sheet.insert_chart(row, 0, chart, {"y_offset": 6})

    # ------------------------------------------------------------ lines
    def write_lines(self, batches):
        """One row per source and quarter: what every figure of the summary adds up."""
        sheet = self.book.add_worksheet(self.lines_name)
        self._page(sheet, landscape=True)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        for column, width in enumerate((8, 8, 26, 42, 11, 11, 14, 52)):
            sheet.set_column(column, column, width)
        sheet.set_column(0, 1, 8, self.book.add_format({"align": "center"}))
        sheet.set_column(7, 7, 52, self.book.add_format({"indent": 1}))
        heads = (
            self._("Year"), self._("Quarter"), self._("Area"), self._("What"), self._("Kind"),
            self._("Stage"), self._("Amount"), self._("Based on"),
        )  # fmt: skip
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.head)
        kinds, stages = self.kinds, self.stages
        number, string, plain = sheet.write_number, sheet.write_string, self.text
        row = 0
        for batch in batches:
            for year, quarter, area, name, kind, stage, amount, reason in batch:
                row += 1
                number(row, 0, year)
                number(row, 1, quarter)
                plain(sheet, row, 2, area or self.other)
                plain(sheet, row, 3, name)
                string(row, 4, kinds[kind])
                string(row, 5, stages.get(stage, ""))
                number(row, 6, amount or 0.0, self.money)
                plain(sheet, row, 7, reason)
        sheet.autofilter(0, 0, max(row, 1), len(heads) - 1)

    def _page(self, sheet, landscape):
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9 if self.budget.company_id.country_id.code not in ("US", "CA") else 1)
        sheet.fit_to_pages(1, 0)
        footer = self.budget.name.replace("&", "&&")
        sheet.set_footer(f"&L{footer}&R&P / &N")
