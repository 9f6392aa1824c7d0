"""What a typed text may hold: nothing that cannot be seen and yet changes how the words around it read or compare."""

import re
import unicodedata

# Marks of direction, joiners and blanks without width, tags, Hangul fillers: Unicode 16, Default_Ignorable_Code_Point,
# without the variation selectors, which shape the sign before them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_FILLERS = re.compile("[\u115f\u1160\u2800]")  # blanks of an old Hangul syllable and of Braille: nothing in a name
_BREAKS = re.compile("[\n\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_PICTURE = "[\u00a9\u00ae\u2190-\u2bff\U0001f000-\U0001faff]"
_SHAPED = "[\ufe0f\U0001f3fb-\U0001f3ff]*"
# One picture drawn from several: joined (a family), or a flag spelt in tags (Scotland).
_DRAWN = re.compile(
    f"{_PICTURE}{_SHAPED}(?:\u200d{_PICTURE}{_SHAPED})+|\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{2,6}}\U000e007f"
)
_LETTERS_JOINED = re.compile(r"(?<=\w)[\u200c\u200d](?=\w)")  # as Persian and the scripts of India are written


def line(text: str) -> str:
    """Return a text of one line, such as a name or a title, in NFC."""
    return _without(_BREAKS.sub(" ", _FILLERS.sub("", text)), kept=[_DRAWN])


def lines(text: str) -> str:
    """Return a text that may have line breaks, tabs and any script's joined letters, in NFC."""
    return _without(text.replace("\r\n", "\n"), kept=[_DRAWN, _LETTERS_JOINED])


def _without(text: str, kept: list[re.Pattern]) -> str:
    held = {place for it in kept for found in it.finditer(text) for place in range(*found.span())}
    seen = (sign for place, sign in enumerate(text) if place in held or not _goes(sign))
    return unicodedata.normalize("NFC", "".join(seen))


def _goes(sign: str) -> bool:
    return bool(_UNSEEN.match(sign)) or (sign not in "\n\t" and unicodedata.category(sign) == "Cc")
