"""Policy and verdict: the same attribute guards the act, shows or explains the button, and opens the socket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import overload

from django.utils.functional import Promise

from forum.web.errors import NotAllowed, WrongState


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with a sentence; `for_now` tells that the state refuses, not the person's rights."""

    allowed: bool
    reason: str = ""
    for_now: bool = False

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str | Promise) -> Verdict:
    """This person may not."""
    return Verdict(False, str(reason))


def not_now(reason: str | Promise) -> Verdict:
    """Nobody may in this state."""
    return Verdict(False, str(reason), for_now=True)


def demand(verdict: Verdict) -> None:
    """Raise NotAllowed or WrongState with the verdict's reason unless it is a yes."""
    if not verdict.allowed:
        raise (WrongState if verdict.for_now else NotAllowed)(verdict.reason)


def demand_form(verdict: Verdict, *, typed: bool) -> None:
    """Demand the right to a form; once it is `typed`, a state that refuses is left to the act, which keeps the text."""
    if not (typed and verdict.for_now):
        demand(verdict)


class right[P: Policy]:
    """A rule of a policy: on the class it is the right itself (for doors), on an instance it is the verdict."""

    def __init__(self, rule: Callable[[P], Verdict]) -> None:
        self.rule = rule
        self.__doc__ = rule.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"{owner.__name__}.{name}"

    @overload
    def __get__(self, policy: None, owner: type) -> right[P]: ...
    @overload
    def __get__(self, policy: P, owner: type) -> Verdict: ...
    def __get__(self, policy, owner):
        return self if policy is None else self.rule(policy)

    def __str__(self) -> str:
        return self.name


class Policy:
    """What one person may do with one thing; built fresh for every question, after the lock."""

    def __init__(self, person, thing) -> None:
        self.person = person
        self.thing = thing
