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
from pathlib import Path

from export_fleet import CLIENTS, Fleet
from export_maker import BASE
from export_tools import network_rows, psa_rows, rmm_dirt, rmm_rows

OUT = Path(__file__).resolve().parents[2] / "roadmap_msp" / "demo" / "assets"
SEED = 19


def write(name, rows, encoding, delimiter):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    (OUT / f"{name}_{BASE}.csv").write_bytes(buffer.getvalue().encode(encoding))
    return len(buffer.getvalue().splitlines()) - 1


def main():
    maker = Fleet(SEED)
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
