from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

LIVE = ("draft", "sent")
# Under this key of the context a batch keeps what it found for lines that look alike.
KNOWN = "roadmap_distributions"
PERIOD_ORDER = ("month", "quarter", "year")


class RoadmapItem(models.Model):
    """From items to a quotation: one section per item, the recurring lines apart."""

    _inherit = "roadmap.item"

    def action_create_quotation(self):
        """Open the quotation of the selected items, made now or found: never two for one item.

        One quotation per client. Items that stand on a quotation already open that one; new items
        join the client's draft quotation where there is one.
        """
        orders = self._live_orders()
        missing = self - self._quoted_in(orders)
        if missing:
            orders |= missing._create_quotations()
        return self._action_open_orders(orders)

    def _create_quotations(self, split="client", template=None):
        """Make one quotation per client for these items and return the orders.

        :param split: one for each "client", or more: for each "category" or "item" of a client
        :param template: quotation template to use instead of the company's; like a split, it makes
            new quotations and joins no draft
        :raises UserError: naming each item that cannot be quoted, with the remedy
        :raises AccessError: if the user may not change the items
        """
        self.check_access("write")
        items = self.sudo()
        items._lock_for_quotation()
        items._check_quotable()
        values = []
        drafts = items._drafts_to_join() if split == "client" and not template else {}
        orders = self.env["sale.order"].sudo()
        for group in items._quotation_groups(split):
            draft = drafts.get(group.roadmap_id)
            if draft:
                group._join_quotation(draft)
                orders |= draft
            else:
                company = group.with_company(group.company_id)
                values.append(company._prepare_quotation_values(template))
        for company, vals_list in _by_company(values).items():
            maker = orders.browse().with_company(company).with_context(**{KNOWN: {}})
            made = maker.create(vals_list)
            # Odoo computes it a second time: now, while what was found is at hand.
            made.order_line._recompute_recordset(["analytic_distribution"])
            orders |= made.with_env(orders.env)
        orders.opportunity_id._roadmap_update_revenue()
        return orders.sudo(self.env.su)

    def _lock_for_quotation(self):
        """Two people, or a double click, must not quote the same item twice."""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody is quoting one of these items at this moment: %(items)s.\n"
                    "Wait a few seconds, then open the item to see the quotation.",
                    items=", ".join(self.mapped("name")),
                )
            ) from error

    def _live_orders(self):
        """Draft and sent quotations on which these items stand; access is checked on the items."""
        self.check_access("read")
        lines = self.sudo().line_ids.sale_line_ids.filtered(lambda line: line.state in LIVE)
        return lines.order_id.sudo(self.env.su)

    def _quoted_in(self, orders):
        item_lines = orders.sudo().order_line.roadmap_item_line_id
        return self.filtered(lambda item: item.sudo().line_ids & item_lines)

    # === Checks ===

    def _check_quotable(self):
        problems = [problem for item in self for problem in item._quotation_problems()]
        if problems:
            raise UserError("\n".join([self.env._("No quotation was made:"), *problems]))

    def _quotation_problems(self):
        """What stands in the way of quoting this item, each with its remedy."""
        self.ensure_one()
        name = self.name
        if self.covered:
            return [
                self.env._(
                    "- %(item)s is covered by the agreement and costs nothing. Untick that on the"
                    " item to sell it.",
                    item=name,
                )
            ]
        order = self._live_orders()[:1]
        if order:
            return [
                self.env._("- %(item)s stands on %(order)s already.", item=name, order=order.name)
            ]
        if not self._may_be_quoted():
            state = dict(self._fields["state"]._description_selection(self.env))[self.state]
            return [
                self.env._(
                    '- %(item)s is in state "%(state)s". Propose it to the client first.',
                    item=name,
                    state=state,
                )
            ]
        if not self.line_ids:
            return [self.env._("- %(item)s has no lines. Add what it costs.", item=name)]
        problems = [problem for line in self.line_ids for problem in line._quotation_problems()]
        return problems + self.line_ids._unrated_problems()

    # === Values ===

    def _prepare_quotation_values(self, template=None):
        """Values of one `sale.order` with its lines for items of one roadmap; a hook to extend.

        Terms, signature, deposit and validity follow from the template, as Odoo does it.
        """
        roadmap = self.roadmap_id.ensure_one()
        opportunity = self._quotation_opportunity()
        values = {
            "roadmap_id": roadmap.id,
            "partner_id": roadmap.partner_id.id,
            "company_id": roadmap.company_id.id,
            "opportunity_id": opportunity.id,
            "user_id": roadmap.account_manager_id.id or self.env.uid,
        }
        if opportunity.team_id:
            values["team_id"] = opportunity.team_id.id
        pricelist = roadmap.partner_id.with_company(roadmap.company_id).property_product_pricelist
        currency = pricelist.currency_id or roadmap.company_id.currency_id
        if pricelist:
            values["pricelist_id"] = pricelist.id
        if template:
            values["sale_order_template_id"] = template.id
        template = template or roadmap.company_id.sale_order_template_id
        self._check_template_rates(template, currency)
        commands = self._template_line_values(template)
        commands += self._prepare_item_sections(currency)
        for period in PERIOD_ORDER:
            commands += self._prepare_recurring_section(period, currency)
        for sequence, line in enumerate(commands, start=1):
            line["sequence"] = sequence
        values["order_line"] = [Command.create(line) for line in commands]
        return values

    def _check_template_rates(self, template, currency):
        """Products of the quotation template take the price list's price, which has to be known."""
        products = template.sale_order_template_line_ids.product_id
        if not products or currency == self.company_id.currency_id:
            return
        prices = self.roadmap_id._product_prices(products, quoted=True)
        unrated = products.filtered(lambda product: prices[product.id] is None)
        if unrated:
            raise UserError(
                self.env._(
                    "Quotation template %(template)s: the prices of %(products)s in %(currency)s"
                    " need an exchange rate that does not exist. Enter it under Currencies, or"
                    " choose another template.",
                    template=template.name,
                    products=", ".join(unrated.mapped("display_name")),
                    currency=currency.name,
                )
            )

    def _template_line_values(self, template):
        """Lines of the quotation template stand before the items' sections."""
        partner = self.roadmap_id.partner_id
        template = template.with_context(lang=partner.lang)
        return [line._prepare_order_line_values() for line in template.sale_order_template_line_ids]

    def _quotation_opportunity(self):
        """The items' own opportunity if they share one, else the roadmap's of the year."""
        own = self.opportunity_id.filtered("active")
        if len(own) == 1:
            return own
        today = fields.Date.context_today(self)
        dates = [date for date in self.mapped("target_date") if date]
        # What is overdue belongs to the year of today: last year's opportunity is closed.
        return self.roadmap_id._ensure_opportunity(max(today, min(dates, default=today)))

    def _prepare_item_sections(self, currency):
        return [values for item in self for values in item._prepare_item_section(currency)]

    def _prepare_item_section(self, currency):
        """Heading, the client's why, one-off lines, then what could be chosen instead."""
        self.ensure_one()
        once = self.line_ids.filtered(lambda line: line.kind == "one_off")
        lines = [
            {
                "display_type": "line_section",
                "name": self.name,
                "is_optional": True,
                "roadmap_item_id": self.id,
            }
        ]
        notes = [self.summary] if self.summary else []
        if not once:
            notes.append(self.env._("Recurring costs only, see below."))
        if notes:
            lines.append({"display_type": "line_note", "name": "\n".join(notes)})
        preset, instead = once._split_options()
        lines += [line._prepare_quotation_line(currency) for line in preset]
        for group, options in instead.grouped("option_group").items():
            heading = self.env._("Instead, if you prefer: %(group)s", group=group)
            lines.append({"display_type": "line_subsection", "name": heading, "is_optional": True})
            lines += [line._prepare_quotation_line(currency, 0) for line in options]
        return lines

    def _prepare_recurring_section(self, period, currency):
        """A section for everything that comes back every month, quarter or year."""
        lines = self.line_ids.filtered(lambda line: line.period == period)
        if not lines:
            return []
        preset = lines._split_options()[0]
        heading = {
            "month": self.env._("Recurring, per month"),
            "quarter": self.env._("Recurring, per quarter"),
            "year": self.env._("Recurring, per year"),
        }[period]
        return [{"display_type": "line_section", "name": heading}] + [
            line._prepare_quotation_line(currency, None if line in preset else 0) for line in lines
        ]

    def _action_open_orders(self, orders):
        """Open the orders: in Sales for those who may edit them there, else to read."""
        if len(orders) == 1 and orders.has_access("write"):
            return orders.action_open_in_sales()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.sale_order_action")
        if len(orders) == 1:
            form = self.env.ref("roadmap_msp.sale_order_view_form_roadmap").id
            return {**action, "views": [(form, "form")], "res_id": orders.id}
        return {**action, "domain": [("id", "in", orders.ids)]}


def _by_company(vals_list):
    """Values by company, so that one batch is created for each."""
    groups = {}
    for values in vals_list:
        groups.setdefault(values["company_id"], []).append(values)
    return groups
