"""The document of the house says what is there: the packages, and who may import whom."""

import re
import tomllib

import pytest

from forum.environment import ROOT

HOUSE = (ROOT / "docs" / "architecture.md").read_text()
BLOCKS = re.findall(r"^```\n(.*?)^```$", HOUSE, re.MULTILINE | re.DOTALL)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = [it for it in CONTRACTS if it["type"] == "layers"]
PACKAGES = sorted(
    str(it.parent.relative_to(ROOT))
    for top in ("forum", "boards")
    for it in (ROOT / top).rglob("__init__.py")
    if not {"migrations", "management", "templatetags"} & set(it.parts) and it.parent != ROOT / top
)


def _exists(module: str, container: str) -> bool:
    path = ROOT / "/".join([*container.split("."), *module.split(".")] if container else module.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


@pytest.mark.parametrize("contract", LAYERS, ids=lambda it: it["name"])
def test_the_import_order_told_is_the_one_that_is_checked(contract: dict):
    container = (contract.get("containers") or [""])[0]
    lines = [[it.strip(" ()") for it in layer.split("|")] for layer in contract["layers"]]
    there = [" | ".join(name for name in line if _exists(name, container)) for line in lines]

    assert "\n".join(filter(None, there)) + "\n" in BLOCKS


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_named(package: str):
    assert f"{package.rpartition('/')[2]}/" in HOUSE
