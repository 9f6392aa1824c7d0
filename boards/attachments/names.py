"""File names as people see them: readable Korean, and nothing that leads a program or an eye astray."""

import re
import unicodedata

LONGEST_NAME = 100  # letters
LONGEST_IN_BYTES = 240  # UTF-8; file systems take 255
FORBIDDEN = re.compile(r'[<>:"|?*]')  # Windows takes none of them in a name
BLANKS = re.compile(r"\s+")
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names Windows keeps for itself


def clean_name(raw: str) -> str:
    """Return the last part of a path in NFC, without what cannot be seen (controls, marks of direction), cut to fit.

    The ending stays; of a name of which nothing is left comes the empty text.
    """
    spaced = BLANKS.sub(" ", raw)  # before what cannot be seen goes: a line's end is both
    seen = "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C")
    name = unicodedata.normalize("NFC", seen).replace("\\", "/").rpartition("/")[2]
    name = BLANKS.sub(" ", name)
    name = FORBIDDEN.sub("_", name).strip(" .")
    if DEVICES.match(name):
        name = f"_{name}"
    return _cut(name)


def ending_of(name: str) -> str:
    """Return what follows the last dot, in small letters; nothing when there is no dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _cut(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = name, "", ""
    stem = stem[: LONGEST_NAME - len(dot + ending)]
    while len(f"{stem}{dot}{ending}".encode()) > LONGEST_IN_BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip(' .')}{dot}{ending}" if stem.strip(" .") else ""
