#!/usr/bin/env python3
"""Write the addon's asset types and product lifecycles from tools/content/source/*.csv.

Run it again after a source changed, then commit both. The ids are made of the names and stay.
"""

import csv
import re
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "roadmap_msp" / "data"
HEAD = '<?xml version="1.0" encoding="utf-8" ?>\n<odoo noupdate="1">\n'

# type: category, what the usual tools call it (parted by ;)
TYPES = {
    "Desktop PC": (
        "hardware",
        "Desktop;Workstation;PC;Computer;Desktop Computer;Tower;Mini PC;All-in-One;"
        "Managed Workstation",
    ),
    "Laptop": ("hardware", "Notebook;Notebook PC;Portable;Ultrabook;Managed Laptop;Laptop PC"),
    "Mac": ("hardware", "iMac;MacBook;Mac mini;Mac Workstation;Apple Computer"),
    "Workstation (CAD)": ("hardware", "CAD Workstation;Engineering Workstation"),
    "Thin client": ("hardware", "Thin Client Terminal;Zero client;Terminal"),
    "Tablet or phone": ("hardware", "Tablet;Smartphone;Mobile Device;Mobile;Cell Phone"),
    "Monitor": ("hardware", "Display;Screen"),
    "Dock, headset": ("hardware", "Dock;Docking Station;Headset;Accessory"),
    "Server": (
        "hardware",
        "Server (physical);Physical Server;Managed Server;Windows Server;Rack Server;Tower Server;"
        "Hypervisor;ESXi Host",
    ),
    "Server cluster (3+ nodes)": ("hardware", "Cluster;Server Cluster;HCI"),
    "Virtual machine": ("cloud", "VM;Virtual Server;Server (virtual);Cloud Server"),
    "Firewall": ("network_security", "Router/Firewall;UTM;Security Appliance;Managed Firewall"),
    "Switch": ("network", "Network Switch;Managed Switch;PoE Switch"),
    "Access point": ("network", "AP;WAP;Wireless Access Point;Wi-Fi AP;Wireless AP"),
    "Provider-owned router": ("connectivity", "ISP Router;Modem;Cable Modem;CPE"),
    "UPS": ("power", "Uninterruptible Power Supply;Battery Backup"),
    "UPS battery": ("power", "Battery;Replacement Battery;RBC"),
    "Printer/MFP": ("printing", "Printer;MFP;Copier;Multifunction Printer;Network Printer"),
    "NAS": ("storage", "Network Attached Storage;Storage;NAS/SAN"),
    "Backup appliance": ("backup", "BDR;BCDR;Backup Device"),
    "Hard disk (in NAS/server)": ("storage", "Hard disk;HDD;Disk;Drive"),
    "Phone handset": ("telecom", "Phone;IP Phone;VoIP Phone;Handset;Desk Phone"),
    "Meeting-room set": ("hardware", "Conference System;Meeting Room;Video Bar"),
    "Camera/recorder": ("physical_security", "Camera;NVR;DVR;IP Camera"),
    "Door controller": ("physical_security", "Access Control;Door"),
    "Rack, cabling": ("facilities", "Rack;Cabling;Cabinet"),
}

# release: further spellings (parted by ;) that the rule of matching.py cannot derive from the name
ALIASES = {
    "Windows XP SP3": "Windows XP Professional",
    "Windows 10 22H2 (Home, Pro, Enterprise)": "Windows 10;Windows 10 Pro;Windows 10 Enterprise;"
    "Windows 10 22H2;Windows 10 Pro 22H2;Windows 10 Enterprise 22H2",
    "Windows 10 Enterprise LTSC 2021": "Windows 10 Enterprise LTSC 21H2",
    "Windows Server 2003 SP2 / R2": "Windows Server 2003;Windows Server 2003 R2",
    "Small Business Server 2003 / R2": "SBS 2003;Windows Small Business Server 2003",
    "Small Business Server 2008": "SBS 2008;Windows Small Business Server 2008",
    "Small Business Server 2011 Standard": "SBS 2011;Windows Small Business Server 2011 Standard;"
    "Windows Small Business Server 2011",
    "Exchange Server Subscription Edition": "Exchange Server SE;Exchange SE",
    "SharePoint Server Subscription Edition": "SharePoint Server SE;SharePoint SE",
    "Exchange Server 2010": "Exchange 2010",
    "Exchange Server 2013": "Exchange 2013",
    "Exchange Server 2016": "Exchange 2016",
    "Exchange Server 2019": "Exchange 2019",
    "Office 2016 (incl. Access, Visio, Project)": "Office 2016;Office Professional Plus 2016;"
    "Office Standard 2016;Visio 2016;Project 2016;Access 2016",
    "Office 2010": "Office Professional Plus 2010;Office Standard 2010",
    "Office 2013": "Office Professional Plus 2013;Office Standard 2013",
    "Office 2019": "Office Professional Plus 2019;Office Home and Business 2019",
    "Office 2021": "Office Home and Business 2021;Office Professional 2021",
    "Office 2024": "Office Home and Business 2024",
    "Internet Explorer 11 desktop app": "Internet Explorer 11",
    "Windows Embedded POSReady 7": "POSReady 7;Windows POSReady 7",
    ".NET 8 (LTS)": ".NET 8",
    "PostgreSQL 14": "Postgres 14",
    "Veeam Backup & Replication 11": "Veeam B&R 11;Veeam VBR 11",
    "Veeam Backup & Replication 12": "Veeam B&R 12;Veeam VBR 12",
    "Veeam Backup & Replication 13": "Veeam B&R 13;Veeam VBR 13",
    "macOS 12 Monterey": "macOS 12;macOS Monterey",
    "macOS 13 Ventura": "macOS 13;macOS Ventura",
    "macOS 14 Sonoma": "macOS 14;macOS Sonoma",
    "macOS 15 Sequoia": "macOS 15;macOS Sequoia",
    "macOS 26 Tahoe (last for Intel Macs)": "macOS 26;macOS Tahoe",
    "iOS / iPadOS 17 (iPhone)": "iOS 17;iPadOS 17",
}

# A newer release runs on the same device: the end of such a release asks for an update only.
IN_PLACE = re.compile(
    r"Windows 11 \d|macOS 1[345]|iOS|FortiOS|PAN-OS|\.NET 8|PHP|PostgreSQL|MySQL|Veeam|Proxmox"
    r"|Internet Explorer"
)


def slug(text):
    return re.sub(r"[^a-z0-9]+", "_", text.lower().replace("+", "_plus")).strip("_")


def lines(text):
    """A Python text with one part a line, safe from whatever formats XML; "" without any."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return repr("\n".join(parts)) if parts else ""


def read(name):
    with open(HERE / "source" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def record(xmlid, model, fields):
    """One <record>; a field is (name, text) or (name, attribute, value), empty ones left out."""
    lines = [f'    <record id="{xmlid}" model="{model}">']
    for name, *rest in fields:
        if rest[-1] in ("", None):
            continue
        if len(rest) == 1:
            lines.append(f'        <field name="{name}">{escape(str(rest[0]))}</field>')
        else:
            lines.append(f'        <field name="{name}" {rest[0]}={quoteattr(str(rest[1]))} />')
    return "\n".join([*lines, "    </record>\n"])


# What is missing of these counts as a gap in the register, or does not.
WITH_USER = ("desktop_pc", "laptop", "mac", "workstation_cad", "tablet_or_phone")
WITHOUT_SERIAL = ("virtual_machine", "rack_cabling", "meeting_room_set", "dock_headset")


def asset_type(number, row):
    category, aliases = TYPES[row["type"]]
    return record(
        f"asset_type_{slug(row['type'])}",
        "roadmap.asset.type",
        [
            ("name", row["type"]),
            ("code", slug(row["type"])),
            ("asks_user", "eval", "True" if slug(row["type"]) in WITH_USER else ""),
            ("asks_serial", "eval", "False" if slug(row["type"]) in WITHOUT_SERIAL else ""),
            ("sequence", number * 10),
            ("category_id", "ref", f"category_{category}"),
            ("aliases", "eval", lines(aliases)),
            ("plan_from_years", "eval", row["plan_from_years"] or "0"),
            ("life_years", "eval", row["replace_years"] or "0"),
            ("latest_years", "eval", row["latest_years"] or "0"),
            ("warranty_norm_years", "eval", row["warranty_norm_years"]),
            ("warranty_years", "eval", row["recommended_warranty_years"]),
            ("must_be_covered", "eval", str(row["warranty_duty"] == "1")),
            # The table names an ended warranty among the reasons to replace it.
            ("replace_uncovered", "eval", str("warranty" in row["triggers"])),
            ("currency_id", "ref", "base.USD"),
            ("price_low", "eval", row["price_low"]),
            ("price_high", "eval", row["price_high"]),
            ("triggers", "eval", lines(row["triggers"])),
            ("sure", row["sure"]),
        ],
    )


def lifecycle(row):
    return record(
        f"lifecycle_{slug(row['product'])}",
        "roadmap.lifecycle",
        [
            ("name", row["product"]),
            ("code", slug(row["product"])),
            ("aliases", "eval", lines(ALIASES.get(row["product"], ""))),
            ("release_on", row["release"]),
            ("mainstream_end", row["mainstream_end"]),
            ("support_end", row["end_of_support"]),
            ("update_in_place", "eval", "True" if IN_PLACE.match(row["product"]) else ""),
            ("sure", row["sure"].lower()),
            ("source", row["source"]),
            ("note", row["note"]),
        ],
    )


def main():
    types = read("hardware_policies.csv")
    releases = read("product_lifecycles.csv")
    unknown = set(ALIASES) - {row["product"] for row in releases}
    if unknown:
        raise SystemExit(f"Aliases of releases that are not listed: {sorted(unknown)}")
    body = "".join(asset_type(number, row) for number, row in enumerate(types, 1))
    (DATA / "asset_types.xml").write_text(f"{HEAD}{body}</odoo>\n", encoding="utf-8")
    body = "".join(map(lifecycle, releases))
    (DATA / "asset_lifecycles.xml").write_text(f"{HEAD}{body}</odoo>\n", encoding="utf-8")
    print(f"{len(types)} asset types, {len(releases)} product lifecycles")


if __name__ == "__main__":
    main()
