#!/usr/bin/env python3
"""Write the demo's asset exports: three files as three usual tools write them, with real dirt.

The dates are those of the day in the file names; the demo moves them to the day on which it is
loaded. The same seed gives the same files. Dirt on purpose: serial numbers missing or filled with
the maker's placeholder, a device that stands twice, two sources that disagree on a warranty, a
warranty "for life", models and operating systems nobody knows, one system spelled three ways, a
client's name that we do not have, a type that we do not know.
"""

import csv
import io
import random
from datetime import date, timedelta
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "roadmap_msp" / "demo" / "assets"
BASE = date(2026, 11, 23)
SEED = 19

# client: code, laptops, desktops, Macs, servers, network sites
CLIENTS = {
    "Orchard Law": ("ORC", 18, 12, 0, 3, 1),
    "Bay Dental": ("BAY", 6, 22, 2, 2, 2),
    "Ridge Supply": ("RDG", 12, 16, 0, 2, 2),
    "Harbor Freight Forwarding": ("HAR", 22, 14, 0, 3, 2),
    "Maple Grove School": ("MGS", 30, 20, 6, 2, 2),
    "Cedar & Stone Architects": ("CSA", 10, 4, 8, 2, 1),
}
FIRST = (
    "Ana Ben Carla Dev Elena Femi Grace Hugo Ines Jonas Kira Liam Mara Noel Olga Paul Quinn Rosa "
    "Sven Tara Uma Victor Wendy Yusuf Zoë José Renée Björn"
).split()
LAST = (
    "Miles Ortega Novak Patel Rossi Schmidt Tanaka Underwood Varga Weiss Young Abbott Brandt "
    "Costa Duarte Ekström Fischer Grant Hughes Ibsen"
).split()
LAPTOPS = [
    ("Dell Inc.", "Latitude 5440"),
    ("LENOVO", "ThinkPad T14 Gen 4"),
    ("HP", "EliteBook 840"),
]
DESKTOPS = [
    ("Dell Inc.", "OptiPlex 7010"),
    ("HP", "ProDesk 400 G9"),
    ("LENOVO", "ThinkCentre M70q"),
]
SERVERS = [("Dell Inc.", "PowerEdge T350"), ("Hewlett Packard Enterprise", "ProLiant ML350 Gen10")]
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

# A client whose name we do not have, and a type that we do not know.
PSA_DIRT = (
    "60001;Orchard Law LLC;ORC-PRI-99;Printer;Brother;HL-L2400;U64999A1N;;;;01/02/2023;;",
    "60002;Bay Dental;BAY-XRAY-01;Imaging Sensor;Dentsply;Schick 33;SK33001;;;;05/06/2022;;",
)


class Device(dict):
    """A device as it is; each tool writes its own part of it."""


class Maker:
    """Builds the devices of all clients with one random source."""

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

    # ---------------------------------------------------------------- computers

    def computers(self, client):
        code, laptops, desktops, macs, servers, _sites = CLIENTS[client]
        plan = self.orchard_laptops if code == "ORC" else self.usual_laptops
        devices = plan(client, code, laptops)
        for number in range(1, desktops + 1):
            young = code == "ORC" or self.random.random() < 0.6
            bought = self.ago(0.2, 1.9) if young else self.ago(2.5, 7)
            devices.append(
                self.device(
                    client,
                    f"{code}-PC-{number:02}",
                    "Desktop",
                    self.random.choice(DESKTOPS),
                    bought,
                    self.random.choice((3, 5)) if not young else 4,
                    "w10" if bought < self.ago(4.5, 4.5) else "w11",
                    user=self.person(),
                )
            )
        for number in range(1, macs + 1):
            old = self.random.random() < 0.3
            devices.append(
                self.device(
                    client,
                    f"{code}-MAC-{number:02}",
                    "Mac Workstation",
                    ("Apple Inc.", "MacBook Pro 14" if number % 2 else "iMac 24"),
                    self.ago(5, 7) if old else self.ago(0.3, 3),
                    3,
                    "mac14" if old else "mac",
                    user=self.person(),
                )
            )
        return devices + self.servers(client, code, servers)

    def orchard_laptops(self, client, code, count):
        """Eight past four years, three of these without cover; the others far from any end."""
        devices = []
        for number in range(1, count + 1):
            old = number <= 8
            bought = self.ago(4.15, 4.9) if old else self.ago(0.2, 2.2)
            cover = (3 if number <= 3 else 6) if old else 4
            devices.append(
                self.device(
                    client,
                    f"{code}-LAP-{number:02}",
                    "Laptop",
                    self.random.choice(LAPTOPS),
                    bought,
                    cover,
                    "w10" if number <= 5 else "w11",
                    user=self.person(),
                )
            )
        return devices

    def usual_laptops(self, client, code, count):
        devices = []
        for number in range(1, count + 1):
            bought = self.ago(0.1, 5.5)
            old = bought < self.ago(4.5, 4.5)
            devices.append(
                self.device(
                    client,
                    f"{code}-LAP-{number:02}",
                    "Notebook" if number % 3 else "Laptop",
                    self.random.choice(LAPTOPS),
                    bought,
                    self.random.choice((1, 3, 3, 4)),
                    "w10" if old else "w11",
                    user=self.person(),
                )
            )
        return devices

    def servers(self, client, code, count):
        rows = [("SRV-01", 2.1, 5, "s22"), ("SRV-02", None, 5, "s16"), ("SRV-03", 3.4, 5, "s19")]
        devices = []
        for name, age, cover, system in rows[:count]:
            bought = self.ago(age, age) if age else date(2021, 3, 15)
            devices.append(
                self.device(
                    client,
                    name if code == "ORC" else f"{code}-{name}",
                    "Server",
                    self.random.choice(SERVERS),
                    bought,
                    0 if not age else cover,
                    system,
                )
            )
            if not age:
                devices[-1]["cover"] = date(2026, 3, 15)
        return devices

    # ---------------------------------------------------------------- everything else

    def office(self, client):
        code, laptops, desktops, _macs, servers, sites = CLIENTS[client]
        rows = [
            ("Copier", ("Canon", "iR-ADV C3926"), 3.2, 5),
            ("Printer", ("Brother", "HL-L6400"), 6, 1),
        ]
        rows += [("UPS", ("APC by Schneider Electric", "Smart-UPS 1500"), 4.4, 3)] * min(servers, 2)
        rows += [("NAS", ("Synology", "DS1522+"), 2.6, 3)]
        rows += [("Printer", ("HP", "LaserJet Pro 4002"), 1.4, 1)] * max(
            1, (laptops + desktops) // 20
        )
        rows += [("Monitor", ("Dell Inc.", "P2423D"), 3, 3)] * 5
        rows += [("Video Bar", ("Logitech", "Rally Bar Mini"), 2.2, 2)]
        devices = []
        for number, (kind, model, age, cover) in enumerate(rows, 1):
            bought = self.ago(max(age - 0.6, 0.1), age + 0.6)
            site = "Main office" if number % 3 or sites == 1 else "Branch"
            name = f"{code}-{kind.upper()[:3]}-{number:02}"
            devices.append(self.device(client, name, kind, model, bought, cover, site=site))
        return devices

    def network(self, client):
        code, _laptops, _desktops, _macs, _servers, sites = CLIENTS[client]
        devices = []
        for number in range(1, sites + 1):
            site = "Main office" if number == 1 else "Branch"
            rows = [("Router/Firewall", ("Fortinet", "FortiGate 60F"), 3.5, "FortiOS v7.2.11")]
            rows += [("Network Switch", ("Ubiquiti Inc.", "USW-Pro-24-PoE"), 3, "7.1.26")] * 2
            rows += [("Wireless AP", ("Ubiquiti Inc.", "U6-Pro"), 2.5, "6.7.17")] * 3
            rows += [("IP Camera", ("Axis", "P3265-LV"), 4, "AXIS OS 11.11")]
            rows += [("IP Phone", ("Yealink", "T54W"), 4, "")] * 4
            for place, (kind, model, age, system) in enumerate(rows, 1):
                name = f"{code}-N{number}{place:02}"
                bought = self.ago(max(age - 2, 0.2), age + 2)
                device = self.device(client, name, kind, model, bought, 3, site=site, system=system)
                if kind == "Network Switch":
                    device["cover"] = date(2099, 12, 31)  # "limited lifetime warranty"
                devices.append(device)
        return devices


# -------------------------------------------------------------------- the three tools


def rmm_rows(maker, computers):
    """UTF-8, commas, ISO dates; two warranty columns: its own and the maker's look-up."""
    yield (
        "Device ID,Client,Device Name,Device Class,Manufacturer,Model,Serial Number,"
        "Operating System,Last Logged In User,Site,Purchase Date,Warranty Expiry,"
        "Vendor Warranty End,Last Seen"
    ).split(",")
    for number, device in enumerate(computers):
        serial, system, model = device["serial"], device["system"], device["model"]
        vendor = device["cover"]
        if device["client"] != "Orchard Law":
            if number % 19 == 0:
                serial = maker.random.choice(("", "To be filled by O.E.M.", "Default string"))
            if number % 23 == 0:
                model = "System Product Name"
            if number % 29 == 0:
                system = maker.random.choice(("Windows 11 Pro", "Windows 10 S", "ChromeOS 130"))
            if vendor and number % 17 == 0:
                vendor -= timedelta(days=365)
        seen = BASE - timedelta(days=maker.random.randint(0, 20))
        yield [
            f"RMM-{device['id']}",
            device["client"],
            device["name"],
            "Managed Server" if device["kind"] == "Server" else device["kind"],
            device["maker"],
            model,
            serial,
            system,
            device["user"],
            device["site"],
            device["bought"].isoformat() if number % 11 or "ORC" in device["name"] else "",
            device["cover"].isoformat() if device["cover"] else "",
            vendor.isoformat() if vendor and number % 2 else "",
            seen.isoformat(),
        ]


def rmm_dirt(maker, computers):
    """The agent was installed again: another id, the same serial number."""
    again = [d for d in computers if d["client"] == "Ridge Supply" and "LAP" in d["name"]][2:3]
    for device in again:
        yield Device(device, id=next(maker.numbers), name=f"{device['name']}-OLD")


def psa_rows(maker, computers, office):
    """Windows-1252, semicolons, day first; knows some computers too, with other dates."""
    yield (
        "Configuration Id;Company;Configuration Name;Configuration Type;Manufacturer;Model Number;"
        "Serial Number;OS Type;Contact;Location;Date Purchased;Warranty Expires;Invoice"
    ).split(";")
    known = [d for d in computers if d["kind"] == "Server" or d["id"] % 13 == 0]
    for device in known + office:
        overlap = device in known
        bought, cover = device["bought"], device["cover"]
        if overlap:
            bought -= timedelta(days=maker.random.choice((3, 5, 9)))
            if cover and device["kind"] != "Server" and device["client"] != "Orchard Law":
                cover += timedelta(days=maker.random.choice((0, 0, 365)))
        yield [
            str(device["id"] + 50_000),
            device["client"],
            device["name"],
            device["kind"],
            device["maker"].replace("Dell Inc.", "Dell").replace("LENOVO", "Lenovo"),
            device["model"],
            device["serial"] if device["id"] % 15 else "n/a",
            "" if overlap else device["system"],
            device["user"],
            device["site"],
            bought.strftime("%d/%m/%Y"),
            cover.strftime("%d/%m/%Y") if cover else "",
            f"INV/{bought.year}/{device['id'] % 900 + 100}",
        ]
    for row in PSA_DIRT:
        yield row.split(";")


def network_rows(devices):
    """UTF-16 with tabs, month first."""
    yield (
        "Customer\tName\tDevice Type\tVendor\tProduct\tS/N\tFirmware\tLocation\tInstalled\t"
        "Support Until\tAsset Tag"
    ).split("\t")
    for number, device in enumerate(devices):
        yield [
            device["client"],
            device["name"],
            device["kind"],
            device["maker"],
            device["model"],
            "" if number % 21 == 20 else device["serial"],
            device["system"],
            device["site"],
            device["bought"].strftime("%m/%d/%Y"),
            device["cover"].strftime("%m/%d/%Y") if device["cover"] else "",
            f"TAG{device['id']}",
        ]


def write(name, rows, encoding, delimiter):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    (OUT / f"{name}_{BASE}.csv").write_bytes(buffer.getvalue().encode(encoding))
    return len(buffer.getvalue().splitlines()) - 1


def main():
    maker = Maker(SEED)
    computers = [device for client in CLIENTS for device in maker.computers(client)]
    office = [device for client in CLIENTS for device in maker.office(client)]
    network = [device for client in CLIENTS for device in maker.network(client)]
    twice = list(rmm_dirt(maker, computers))
    OUT.mkdir(parents=True, exist_ok=True)
    counts = (
        write("rmm_devices", rmm_rows(maker, computers + twice), "utf-8", ","),
        write("psa_configurations", psa_rows(maker, computers, office), "cp1252", ";"),
        write("network_inventory", network_rows(network), "utf-16", "\t"),
    )
    print(f"{counts} rows of {len(computers) + len(office) + len(network)} devices")


if __name__ == "__main__":
    main()
