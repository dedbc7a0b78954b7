"""Dell: asset entitlements of its support services (TechDirect), version 5."""

from .base import Answer, Found, TokenLookup, day, latest, rows_of


class DellLookup(TokenLookup):
    """Up to a hundred service tags a call; keys: client id and client secret."""

    source = "dell"
    makers = ("dell",)
    batch = 100
    url = "https://apigtwb2c.us.dell.com"

    def _new_token(self):
        return self._ask(
            "POST",
            "/auth/oauth/v2/token",
            data={
                "grant_type": "client_credentials",
                "client_id": self.key,
                "client_secret": self.secret,
            },
        )

    def fetch(self, serials):
        data = self._ask_with_token(
            "GET",
            "/PROD/sbil/eapi/v5/asset-entitlements",
            params={"servicetags": ",".join(serials)},
        )
        answer, asked = Answer(), set(serials)
        for row in rows_of(data):
            serial = str(row.get("serviceTag") or "").upper()
            if serial not in asked:
                continue
            if row.get("invalid"):
                answer.unknown.add(serial)
                continue
            parts = rows_of(row.get("entitlements") or [])
            ends = [day(part.get("endDate")) for part in parts if not _is_download(part)]
            answer.found[serial] = Found(day(row.get("shipDate")), latest(ends))
        return answer


def _is_download(part):
    """Dell lists the download of software beside the cover of the device, with ends of its own."""
    return str(part.get("serviceLevelDescription") or "").lower().endswith("delivery")
