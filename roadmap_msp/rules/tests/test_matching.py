import unittest

from rules import matching


class TestMatching(unittest.TestCase):
    def test_serial(self):
        self.assertEqual(matching.serial_key(" 5cg-123 45x "), "5CG12345X")
        for nothing in (
            None,
            "",
            "N/A",
            "none",
            "To be filled by O.E.M.",
            "Default string",
            "System Serial Number",
            "0000000",
            "----",
        ):
            self.assertIsNone(matching.serial_key(nothing), nothing)

    def test_maker(self):
        for spelling in ("Dell Inc.", "DELL", "Dell", "dell technologies", "Dell EMC"):
            self.assertEqual(matching.maker_key(spelling), "dell", spelling)
        for spelling in ("HP", "Hewlett-Packard", "HP Inc."):
            self.assertEqual(matching.maker_key(spelling), "hp", spelling)
        self.assertEqual(matching.maker_key("Cisco Systems, Inc."), "cisco")
        self.assertIsNone(matching.maker_key("  "))
        self.assertEqual(matching.maker_key("Company"), "company", "a legal form alone stays")

    def test_name(self):
        self.assertEqual(matching.name_key("  Bay-Dental,  LTD. "), "bay dental ltd")
        for nothing in (None, "", " - "):
            self.assertIsNone(matching.name_key(nothing))

    def test_one_key_for_all_spellings(self):
        same = {
            "windows server 2016": (
                "Windows Server 2016",
                "Microsoft Windows Server 2016 Standard",
                "win srv 2016 std",
                "WINDOWS SERVER 2016 DATACENTER (64-bit)",
                "Microsoft® Windows Server® 2016 Standard x64 10.0.14393",
            ),
            "windows server 2012 r2": ("Windows Server 2012 R2 Standard", "Win Server 2012R2"),
            "windows server 2008 r2": ("Windows Server 2008 R2 SP1",),
            "windows 10 22h2 pro": ("Windows 10 Pro 22H2", "Win10 Professional 22H2 (x64)"),
            "windows 11 24h2 pro": (
                "Windows 11 Pro 24H2",
                "Microsoft Windows 11 Home 10.0.26100",
                "Windows 10 Pro 10.0.26100",
            ),
            "windows 11 21h2 pro": ("Windows 10 Pro 10.0.22000", "Windows 11 Pro 21H2"),
            "windows 11 24h2 enterprise": ("Windows 11 Education 24H2", "Win 11 Ent 24H2"),
            "windows 10 ltsc 2019": ("Windows 10 Enterprise LTSC 2019",),
            "windows 10 iot ltsc 2021": ("Windows 10 IoT Enterprise LTSC 2021",),
            "windows 7": ("Windows 7 Professional SP1", "win 7 pro"),
            "windows 8": ("Windows 8 Pro",),
            "windows 8.1": ("Windows 8.1 Pro",),
            "windows server 2022": ("Windows Server Standard 10.0.20348",),
            "small business server 2011": (
                "Windows Small Business Server 2011",
                "Small Business Server 2011",
            ),
            "macos 14": ("macOS Sonoma", "macOS 14.6.1", "Mac OS 14", "macOS Sonoma 14.6"),
            "ios 17": ("iPadOS 17.2", "iOS 17", "Apple iOS 17.7.1"),
            "esxi 7.0": ("VMware ESXi 7.0.3 build-20328353", "ESXi 7.0 U3"),
            "ubuntu 22.04": ("Ubuntu 22.04.3 LTS", "ubuntu linux 22.04"),
            "rhel 8": ("Red Hat Enterprise Linux 8.9", "AlmaLinux 8.9", "Rocky Linux 8"),
            "fortios 7.2": ("FortiOS v7.2.5", "FortiOS 7.2"),
            "panos 10.2": ("PAN-OS 10.2.4",),
            "sql server 2016": ("Microsoft SQL Server 2016 Standard SP2",),
            "exchange server 2016": ("Exchange Server 2016 CU23",),
        }
        for key, spellings in same.items():
            for spelling in spellings:
                self.assertEqual(matching.system_key(spelling), key, spelling)

    def test_what_decides_support_stays(self):
        keys = [
            matching.system_key(text)
            for text in (
                "Windows 11 Pro 23H2",
                "Windows 11 Enterprise 23H2",
                "Windows 11 Pro",
                "Windows 10 Enterprise LTSC 2021",
                "Windows 10 IoT Enterprise LTSC 2021",
                "Windows Server 2012",
                "Windows Server 2012 R2",
                "Windows Embedded POSReady 7",
                "Windows 7",
                "Veeam Backup for Microsoft 365 v8",
                "Veeam Backup & Replication 12",
            )
        ]
        self.assertEqual(len(set(keys)), len(keys), keys)

    def test_empty_and_odd(self):
        for nothing in (None, "", "   ", "®", "Microsoft"):
            self.assertIsNone(matching.system_key(nothing))
        self.assertEqual(matching.system_key("Haiku R1/beta5"), "haiku r1 beta5")

    def test_keys_of(self):
        self.assertEqual(
            matching.keys_of(["win srv 2016 std", "Windows Server 2016", "", None]),
            {"windows server 2016"},
        )


if __name__ == "__main__":
    unittest.main()
