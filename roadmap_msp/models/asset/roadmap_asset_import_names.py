from odoo import api, models
from odoo.fields import Domain

from ...rules import import_rows, matching
from .roadmap_asset import STATES


class RoadmapAsset(models.Model):
    """What the rows of an import name: clients, types, states; vendors, contacts, parents.

    The first three are read once, the others for a batch of rows and only by the names it gives.
    """

    _inherit = "roadmap.asset"

    @api.model
    def _import_clients(self):
        """{id: name} of all clients that one may read."""
        clients = self.env["roadmap.roadmap"].search_fetch([], ["name"])
        return {client.id: client.name or "" for client in clients}

    @api.model
    def _import_types(self):
        """Names of types in English, their other names, and the names in the user's language."""
        names = self.env["roadmap.asset.type"]._names()
        shown = self.env["roadmap.asset.type"].search_fetch([], ["name"])
        return {**{matching.name_key(kind.name): kind.id for kind in shown}, **names}

    @api.model
    def _import_states(self):
        """{state's key or name: state}, in English and the user's language."""
        shown = self._fields["state"]._description_selection(self.env)
        names = {**dict(STATES), **dict(shown)}
        pairs = [*STATES, *shown, *((name, name) for name in names)]
        return {matching.name_key(name): state for state, name in pairs}

    @api.model
    def _import_look_up(self, run, numbered):
        """Look up the records that these rows name, once each."""
        known = run.known
        known.begin()
        for partner in self._import_partners(numbered, "vendor_id"):
            for key in self._import_partner_keys(partner):
                known.vendors.setdefault(key, []).append(partner.id)
        if known.roadmap_id:
            clients = {known.roadmap_id}
        else:
            keys = {import_rows.client_key(name) for name in self._import_said_names(
                numbered, "roadmap_id"
            )}  # fmt: skip
            clients = {number for key in keys for number in known.clients.get(key, ())}
        roadmaps = self.env["roadmap.roadmap"].browse(clients)
        known.within["partner_id"] = self._import_contacts(roadmaps, numbered)
        known.within["parent_id"] = self._import_parents(roadmaps, numbered)

    @api.model
    def _import_said_names(self, numbered, fname):
        return {(cells.get(fname) or "").strip() for _number, cells in numbered} - {""}

    @api.model
    def _import_partners(self, numbered, fname, domain=Domain.TRUE):
        names = list(self._import_said_names(numbered, fname))
        if not names:
            return self.env["res.partner"]
        wanted = Domain("complete_name", "in", names) | Domain("name", "in", names)
        fields = ["name", "complete_name", "commercial_partner_id"]
        return self.env["res.partner"].search_fetch(wanted & domain, fields)

    @api.model
    def _import_partner_keys(self, partner):
        names = {partner.name, partner.complete_name} - {False}
        return {import_rows.client_key(name) for name in names}

    @api.model
    def _import_contacts(self, roadmaps, numbered):
        """{(client's id, client_key): ids} of the named contacts of these clients."""
        if not self._import_said_names(numbered, "partner_id"):
            return {}
        owners, found = roadmaps.grouped("partner_id"), {}
        theirs = Domain("commercial_partner_id", "in", roadmaps.partner_id.ids)
        for partner in self._import_partners(numbered, "partner_id", theirs):
            for roadmap in owners[partner.commercial_partner_id]:
                for key in self._import_partner_keys(partner):
                    found.setdefault((roadmap.id, key), []).append(partner.id)
        return found

    @api.model
    def _import_parents(self, roadmaps, numbered):
        """{(client's id, client_key): ids} of the named assets of these clients.

        What is in use goes before what was retired or archived under the same name.
        """
        names = list(self._import_said_names(numbered, "parent_id"))
        found = {}
        if not names:
            return found
        everything = self.with_context(active_test=False)
        domain = [("roadmap_id", "in", roadmaps.ids), ("name", "in", names)]
        for asset in everything.search_fetch(domain, ["roadmap_id", "name", "state", "active"]):
            gone = not asset.active or asset.state == "retired"
            key = (asset.roadmap_id.id, import_rows.client_key(asset.name))
            found.setdefault(key, {}).setdefault(gone, []).append(asset.id)
        return {key: ids.get(False) or ids[True] for key, ids in found.items()}
