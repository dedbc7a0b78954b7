"""The devices of the demo's clients, one at a time; the same seed gives the same ones."""

import random
from datetime import date, timedelta

BASE = date(2026, 11, 23)

FIRST = (
    "Ana Ben Carla Dev Elena Femi Grace Hugo Ines Jonas Kira Liam Mara Noel Olga Paul Quinn Rosa "
    "Sven Tara Uma Victor Wendy Yusuf Zoë José Renée Björn"
).split()
LAST = (
    "Miles Ortega Novak Patel Rossi Schmidt Tanaka Underwood Varga Weiss Young Abbott Brandt "
    "Costa Duarte Ekström Fischer Grant Hughes Ibsen"
).split()
SPELLINGS = {
    "w11": (
        "Microsoft Windows 11 Pro 25H2",
        "Windows 11 Pro 10.0.26200",
        "Win11 Professional 25H2",
    ),
    "w10": ("Microsoft Windows 10 Pro", "Windows 10 Pro 22H2", "Win 10 Pro 10.0.19045"),
    "s16": ("Microsoft Windows Server 2016 Standard", "win srv 2016 std"),
    "s19": ("Microsoft Windows Server 2019 Standard", "Windows Server 2019 Datacenter"),
    "s22": ("Microsoft Windows Server 2022 Standard", "Windows Server 2022"),
    "mac": ("macOS Tahoe", "macOS 26.1", "Mac OS 26"),
    "mac14": ("macOS Sonoma", "macOS 14.6.1"),
}


class Device(dict):
    """A device as it is; each tool writes its own part of it."""


class Maker:
    """Builds devices with one random source."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.numbers = iter(range(10_001, 99_999))

    def serial(self, maker):
        signs = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
        length = 7 if maker.startswith("Dell") else 10
        return "".join(self.random.choice(signs) for _ in range(length))

    def person(self):
        return f"{self.random.choice(FIRST)} {self.random.choice(LAST)}"

    def ago(self, low, high):
        """A day between so many years ago."""
        return BASE - timedelta(days=self.random.randint(round(low * 365), round(high * 365)))

    def device(self, client, name, kind, model, bought, cover_years, system=None, **more):
        maker, product = model
        cover = bought + timedelta(days=round(cover_years * 365.25)) if cover_years else None
        return Device(
            client=client,
            name=name,
            kind=kind,
            maker=maker,
            model=product,
            serial=self.serial(maker),
            system=self.random.choice(SPELLINGS[system]) if system in SPELLINGS else system or "",
            user=more.pop("user", ""),
            site=more.pop("site", "Main office"),
            bought=bought,
            cover=cover,
            id=next(self.numbers),
            **more,
        )
