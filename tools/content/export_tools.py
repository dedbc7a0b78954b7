"""The devices as three usual tools write them, with real dirt."""

from datetime import timedelta

from export_maker import BASE, Device

# A client whose name we do not have, and a type that we do not know.
PSA_DIRT = (
    "60001;Orchard Law LLC;ORC-PRI-99;Printer;Brother;HL-L2400;U64999A1N;;;;01/02/2023;;",
    "60002;Bay Dental;BAY-XRAY-01;Imaging Sensor;Dentsply;Schick 33;SK33001;;;;05/06/2022;;",
)


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
