"""Kinds of news: what one may switch off, and what one is told in any case, with the reason."""

from dataclasses import dataclass

from django.utils.functional import Promise

REST = "rest"  # what belongs to no other kind


@dataclass(frozen=True)
class Kind:
    """News that is switched on and off together; `verbs` are the events it is about."""

    name: str
    label: str | Promise
    verbs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Always:
    """News that cannot be switched off, and why."""

    label: str | Promise
    why: str | Promise


_kinds: list[Kind] = []
_always: list[Always] = []


def offer(kinds: list[Kind], always: list[Always]) -> None:
    """Register, once at start-up, what people may switch off and what they may not."""
    _kinds[:], _always[:] = kinds, always


def kinds() -> list[Kind]:
    return list(_kinds)


def always() -> list[Always]:
    return list(_always)


def kind_of(verb: str) -> str:
    """Return the name of the kind a verb's news belongs to for those who need not know."""
    return next((kind.name for kind in _kinds if verb in kind.verbs), REST)
