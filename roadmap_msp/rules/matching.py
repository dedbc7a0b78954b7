"""Recognise a device, its maker and its operating system however a tool spells them."""

import re
from functools import lru_cache

# What makers and tools write where they know no serial number.
_NO_SERIAL = frozenset(
    "NONE NA NULL UNKNOWN DEFAULTSTRING SYSTEMSERIALNUMBER TOBEFILLEDBYOEM TOBEFILLEDBYOEMBYOEM "
    "NOTAVAILABLE NOTSPECIFIED NOTAPPLICABLE OEM INVALID SERIALNUMBER CHASSISSERIALNUMBER "
    "XXXXXXX TBD NOSERIAL 0123456789 123456789 1234567 12345678".split()
)
_MAKERS = {
    "hewlett packard": "hp",
    "hewlett packard enterprise": "hpe",
    "hp hewlett packard": "hp",
    "dell emc": "dell",
    "apple computer": "apple",
    "cisco systems": "cisco",
    "cisco meraki": "meraki",
    "ubiquiti networks": "ubiquiti",
    "ui": "ubiquiti",
    "apc by schneider electric": "apc",
    "american power conversion": "apc",
    "schneider electric": "apc",
    "micro star": "msi",
    "asustek computer": "asus",
    "asustek": "asus",
    "synology": "synology",
    "microsoft corporation": "microsoft",
}
_LEGAL_FORMS = re.compile(
    r"\b(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|gmbh|ag|sa|bv|technologies"
    r"|technology|international)\b"
)

_WORDS = {
    "win": "windows",
    "srv": "server",
    "svr": "server",
    "std": "standard",
    "ent": "enterprise",
    "entreprise": "enterprise",
    "professional": "pro",
    "edu": "education",
    "osx": "macos",
    "ipados": "ios",
    "esx": "esxi",
    "almalinux": "rhel",
    "alma": "rhel",
    "rocky": "rhel",
    "redhat": "rhel",
    "sbs": "small business server",
    "pve": "proxmox ve",
    "ms365": "microsoft 365",
}
_NOISE = frozenset(
    "microsoft the edition 64 32 bit x64 x86 amd64 64bit 32bit version ver v build os "
    "operating system gnu linux lts core apple n single language family evaluation "
    "google vmware release rtm".split()
)
_SERVER_EDITIONS = frozenset(
    "standard datacenter essentials foundation web storage azure express developer".split()
)
# Windows and macOS tell the release by a build or a name.
_BUILDS = {
    "19045": "22h2",
    "19044": "21h2",
    "22000": "21h2",
    "22621": "22h2",
    "22631": "23h2",
    "26100": "24h2",
    "26200": "25h2",
    "28000": "26h1",
}
_SERVER_BUILDS = {"14393": "2016", "17763": "2019", "20348": "2022", "26100": "2025"}
_MAC_NAMES = {
    "monterey": "12",
    "ventura": "13",
    "sonoma": "14",
    "sequoia": "15",
    "tahoe": "26",
}
_MAJOR_ONLY = ("macos", "ios", "android", "rhel", "centos", "proxmox ve", "postgresql")
_MAJOR_MINOR = ("esxi", "ubuntu", "fortios", "panos", "mysql", "php")
_WINDOWS_CLASSES = {
    "home": "pro",
    "pro": "pro",
    "business": "pro",
    "workstations": "pro",
    "enterprise": "enterprise",
    "education": "enterprise",
}


def serial_key(text):
    """The serial number without spaces and dashes, in capitals; None where it says nothing."""
    key = (text or "").upper()
    if not (key.isascii() and key.isalnum()):
        key = re.sub(r"[^A-Z0-9]", "", key)
    if not key or key in _NO_SERIAL or len(set(key)) == 1:
        return None
    return key


@lru_cache(maxsize=1024)
def maker_key(text):
    """The maker without legal form and in one spelling: "Dell Inc." and "DELL" are "dell"."""
    words = re.sub(r"[^a-z0-9]+", " ", (text or "").lower()).strip()
    words = " ".join(_LEGAL_FORMS.sub(" ", words).split()) or words
    return _MAKERS.get(words, words) or None


@lru_cache(maxsize=4096)
def name_key(text):
    """A name for comparing: small letters, one space, no punctuation."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", (text or "").lower()).split()) or None


@lru_cache(maxsize=4096)
def system_key(text):
    """One spelling for all spellings of the same product release; None for an empty text.

    "Microsoft Windows Server 2016 Standard (64-bit)" and "win srv 2016 std" give "windows server
    2016"; "Windows 11 Pro 24H2" and "Windows 11 Home 10.0.26100" give "windows 11 24h2 pro".
    What decides how long a release is supported stays, everything else goes.
    """
    words = _words(text)
    if not words:
        return None
    if "small" in words and "business" in words:
        return " ".join(word for word in words if word != "windows")
    if words[0] == "windows" and not {"embedded", "posready"} & set(words):
        return _windows_key(words)
    line = " ".join(words)
    for family in _MAJOR_ONLY:
        if line.startswith(family):
            return _family_key(family, line, text, 1)
    for family in _MAJOR_MINOR:
        if line.startswith(family):
            return _family_key(family, line, text, 2)
    words = [w for w in words if w not in _SERVER_EDITIONS and not re.fullmatch(r"(sp|cu)\d+", w)]
    return " ".join(words)


def _words(text):
    text = (text or "").lower().replace("red hat enterprise", "rhel").replace("mac os x", "macos")
    text = text.replace("mac os", "macos").replace("pan-os", "panos").replace("pan os", "panos")
    text = re.sub(r"[®™©]|\((r|tm|c)\)", " ", text)
    words = []
    for word in re.findall(r"[a-z]+\d*[a-z]*|\d+[a-z]\d+|\d+[a-z]+|\d+", text):
        word = re.sub(r"^(20\d\d)(r2)$", r"\1 \2", word)
        word = re.sub(r"^(win|windows|macos|esxi|fortios|panos)(\d+)$", r"\1 \2", word)
        for part in word.split():
            words.extend(_WORDS.get(part, part).split())
    return [word for word in words if word not in _NOISE]


def _family_key(family, line, text, depth):
    """The family and its version, to the depth on which support is decided."""
    for name, number in _MAC_NAMES.items():
        if family == "macos" and name in line:
            return f"macos {number}"
    found = re.search(r"(\d+(?:\.\d+)*)", text[_first_digit_after(family, text) :])
    if not found:
        return line
    return f"{family} {'.'.join(found.group(1).split('.')[:depth])}"


def _first_digit_after(family, text):
    """Where the version begins; a product name such as "Backup 365" has digits of its own."""
    found = re.search(r"\d", text)
    return found.start() if found else 0


def _windows_key(words):
    if "server" in words:
        return _windows_server_key(words)
    version = next((w for w in words[1:] if w in ("xp", "vista", "7", "8", "10", "11")), None)
    if not version:
        return " ".join(words)
    if version not in ("10", "11"):
        return "windows 8.1" if version == "8" and "1" in words else f"windows {version}"
    edition = next((_WINDOWS_CLASSES[w] for w in words if w in _WINDOWS_CLASSES), "")
    channel = next((w for w in words if w in ("ltsc", "ltsb")), None)
    if channel:
        year = next((w for w in words if re.fullmatch(r"20\d\d", w)), "")
        iot = "iot " if "iot" in words else ""
        return f"windows {version} {iot}{channel} {year}".strip()
    release = next((w for w in words if re.fullmatch(r"\d\dh\d", w)), None)
    release = release or next((_BUILDS[w] for w in words if w in _BUILDS), "")
    if int(version) == 10 and any(w in _BUILDS and int(w) >= 22000 for w in words):
        version = "11"  # tools that read the kernel's name call Windows 11 "10"
    return " ".join(part for part in ("windows", version, release, edition) if part)


def _windows_server_key(words):
    year = next((w for w in words if re.fullmatch(r"20\d\d", w)), None)
    year = year or next((_SERVER_BUILDS[w] for w in words if w in _SERVER_BUILDS), None)
    if not year:
        return " ".join(words)
    second = " r2" if "r2" in words else ""
    return f"windows server {year}{second}"


def keys_of(names):
    """The distinct keys of several spellings."""
    return {key for key in map(system_key, names) if key}
