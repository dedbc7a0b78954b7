"""The interface of a maker's look-up, its answers and its errors."""

import time
from dataclasses import dataclass, field
from datetime import date

import requests

TIMEOUT = 30
MAX_WAIT = 24 * 3600


class LookupFailed(Exception):
    """The maker's service gave no answer that can be used; try again later."""


class KeysRefused(LookupFailed):
    """The service does not accept the keys: nobody should try again before they are changed."""


class RateLimited(LookupFailed):
    """Too many calls. ``wait``: seconds until the service wants to be asked again."""

    def __init__(self, message, wait):
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True)
class Found:
    """What the maker knows of one device; None where it says nothing."""

    purchase: date | None = None
    warranty_end: date | None = None


@dataclass
class Answer:
    """One batch: what was found, which serial numbers the maker does not know, what failed.

    ``failed`` is {serial number: reason}. A serial number that stands nowhere was not answered.
    """

    found: dict = field(default_factory=dict)
    unknown: set = field(default_factory=set)
    failed: dict = field(default_factory=dict)


class Lookup:
    """A maker's service. Subclasses say who they are and how to ask.

    ``source``: the name under which the dates are kept; ``makers``: keys of
    `rules.matching.maker_key`; ``batch``: serial numbers in one call at most.
    """

    source = None
    makers = ()
    batch = 1
    url = None

    def __init__(self, key, secret=None, url=None):
        self.key, self.secret = key, secret
        self.base = (url or self.url).rstrip("/")
        self.session = requests.Session()

    @classmethod
    def is_ready(cls, key, secret):
        """Whether all keys are there that the service asks for."""
        return bool(key and secret)

    def fetch(self, serials):
        """The `Answer` for at most ``batch`` serial numbers.

        :raises LookupFailed: when the whole call failed
        """
        raise NotImplementedError

    def _ask(self, method, path, **options):
        """One call; returns the decoded JSON."""
        try:
            response = self.session.request(method, self.base + path, timeout=TIMEOUT, **options)
        except requests.RequestException as error:
            # The message of the exception names the address, at times with its query: not for us.
            raise LookupFailed(f"no connection ({type(error).__name__})") from error
        if response.status_code == 429:
            raise RateLimited("too many calls", self._wait(response))
        if response.status_code in (401, 403):
            raise KeysRefused(f"the keys were refused ({response.status_code})")
        if not response.ok:
            raise LookupFailed(f"the service answered {response.status_code}")
        try:
            return response.json()
        except ValueError as error:
            raise LookupFailed("the answer is no JSON") from error

    @staticmethod
    def _wait(response):
        """Seconds of the Retry-After header, an hour without a usable one."""
        text = response.headers.get("Retry-After", "")
        return min(int(text), MAX_WAIT) if text.isascii() and text.isdigit() else 3600


class TokenLookup(Lookup):
    """A service that gives a token for the keys; it is renewed when it ends."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._token, self._until = None, 0.0

    def _new_token(self):
        """(token, seconds it lasts)"""
        raise NotImplementedError

    def _ask_with_token(self, method, path, **options):
        fresh = self._renew()
        try:
            return self._ask(method, path, headers=self._headers(), **options)
        except KeysRefused:
            # A token may end earlier than it said; fresh keys that are refused are wrong.
            if fresh:
                raise
        self._until = 0.0
        self._renew()
        return self._ask(method, path, headers=self._headers(), **options)

    def _headers(self):
        return {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}

    def _renew(self):
        if time.monotonic() < self._until:
            return False
        data = self._new_token()
        token = data.get("access_token") if isinstance(data, dict) else None
        if not token:
            raise KeysRefused("no token was given for the keys")
        try:
            lasts = int(data.get("expires_in") or 0)
        except (TypeError, ValueError):
            lasts = 0
        self._token, self._until = token, time.monotonic() + max(lasts - 60, 0)
        return True


def day(text):
    """The date at the start of an ISO text; None for what is none."""
    try:
        return date.fromisoformat(str(text or "")[:10])
    except ValueError:
        return None


def latest(days):
    return max((found for found in days if found), default=None)


def earliest(days):
    return min((found for found in days if found), default=None)


def rows_of(data):
    """The dictionaries of a list; a single one counts as a list of one."""
    if isinstance(data, dict):
        data = [data]
    if not isinstance(data, list):
        raise LookupFailed("the answer has an unexpected form")
    return [row for row in data if isinstance(row, dict)]
