"""HP: the product warranty interface of its developer programme, version 2."""

from .base import Answer, Found, TokenLookup, day, earliest, latest, rows_of


class HpLookup(TokenLookup):
    """A few serial numbers a call; keys: API key and API secret, which HP renews every 90 days."""

    source = "hp"
    makers = ("hp",)
    batch = 5
    url = "https://warranty.api.hp.com"

    def _new_token(self):
        return self._ask(
            "POST",
            "/oauth/v1/token",
            auth=(self.key, self.secret),
            data={"grant_type": "client_credentials"},
        )

    def fetch(self, serials):
        data = self._ask_with_token(
            "POST", "/productwarranty/v2/queries", json=[{"sn": serial} for serial in serials]
        )
        answer, asked = Answer(), set(serials)
        for row in rows_of(data):
            product = row.get("product") or {}
            serial = str(product.get("serialNumber") or row.get("sn") or "").upper()
            if serial not in asked:
                continue
            fault = row.get("fault") or row.get("error")
            offers = rows_of(row.get("offers") or [])
            if fault:
                answer.failed[serial] = str(fault)[:200]
            elif not offers:
                answer.unknown.add(serial)
            else:
                starts = [day(part.get("serviceObligationLineItemStartDate")) for part in offers]
                ends = [day(part.get("serviceObligationLineItemEndDate")) for part in offers]
                answer.found[serial] = Found(earliest(starts), latest(ends))
        return answer
