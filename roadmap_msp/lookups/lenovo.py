"""Lenovo: the warranty interface of its support services, version 2.5."""

from .base import Answer, Found, Lookup, day, latest, rows_of

NOT_FOUND = (100, "100")


class LenovoLookup(Lookup):
    """Many serial numbers a call; key: the client id, sent with every call."""

    source = "lenovo"
    makers = ("lenovo", "ibm")
    batch = 50
    url = "https://supportapi.lenovo.com"

    @classmethod
    def is_ready(cls, key, secret):
        return bool(key)

    def fetch(self, serials):
        data = self._ask(
            "POST",
            "/v2.5/warranty",
            headers={"ClientID": self.key, "Accept": "application/json"},
            data={"Serial": ",".join(serials)},
        )
        answer, asked = Answer(), set(serials)
        for row in rows_of(data):
            serial = str(row.get("Serial") or "").upper()
            if serial not in asked:
                continue
            code = row.get("ErrorCode")
            if code in NOT_FOUND:
                answer.unknown.add(serial)
            elif code:
                answer.failed[serial] = str(row.get("ErrorMessage") or code)[:200]
            else:
                ends = [day(part.get("End")) for part in rows_of(row.get("Warranty") or [])]
                bought = day(row.get("Purchased")) or day(row.get("Shipped"))
                answer.found[serial] = Found(bought, latest(ends))
        return answer
