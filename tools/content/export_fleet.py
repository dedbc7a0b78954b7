"""What each of the demo's clients owns: computers, what stands in the office, the network."""

from datetime import date

from export_maker import Maker

# client: code, laptops, desktops, Macs, servers, network sites
CLIENTS = {
    "Orchard Law": ("ORC", 18, 12, 0, 3, 1),
    "Bay Dental": ("BAY", 6, 22, 2, 2, 2),
    "Ridge Supply": ("RDG", 12, 16, 0, 2, 2),
    "Harbor Freight Forwarding": ("HAR", 22, 14, 0, 3, 2),
    "Maple Grove School": ("MGS", 30, 20, 6, 2, 2),
    "Cedar & Stone Architects": ("CSA", 10, 4, 8, 2, 1),
}
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


class Fleet(Maker):
    """The devices of a client, by kind."""

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
