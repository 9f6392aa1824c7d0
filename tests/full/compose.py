"""docker-compose.yml as a test reads it: the services, their commands, and their environment filled in."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::\?(?P<otherwise>[^}]*)|:-(?P<default>[^}]*))?\}")


def services() -> dict[str, dict]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Put values into a text as an engine does; raise KeyError with the file's own sentence for one that is empty."""

    def value(match: re.Match) -> str:
        if found := values.get(match["name"]):
            return found
        if match["otherwise"] is not None:
            raise KeyError(f"{match['name']}: {match['otherwise']}")
        return match["default"] or ""

    return VARIABLE.sub(value, text)


def environment(service: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment of a service, from the variables of .env."""
    given = services()[service].get("environment", {})
    return {name: filled_in(str(text), values) for name, text in given.items()}
