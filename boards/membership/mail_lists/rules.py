"""How a pasted or uploaded list of people is read."""

import re
from dataclasses import dataclass

from forum.web.signs import line

MOST_LINES = 200
HEADINGS = {"주소", "이메일", "메일", "이메일 주소", "email", "e-mail"}


@dataclass(frozen=True)
class Line:
    """One person of the list as it was typed; `number` counts the lines of the text from 1."""

    number: int
    name: str
    email: str
    team: str


def parse(text: str) -> list[Line]:
    """Read lines of "name, address, team"; tabs and semicolons separate too, empty lines and a heading are left out."""
    lines = []
    for number, row in enumerate(text.splitlines(), start=1):
        cells = [line(cell).strip().strip('"') for cell in re.split(r"[,;\t]", row)]
        if not any(cells) or (len(cells) > 1 and cells[1].lower() in HEADINGS):
            continue
        name, email, team = [*cells, "", ""][:3]
        lines.append(Line(number, name, email.lower(), team))
    return lines


def decoded(data: bytes) -> str | None:
    """Return the text of a file as Korean office programs save it, None when it is no text."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
