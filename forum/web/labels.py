"""What the fields of a posted form are called: read from the forms of the feature it was posted to."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import ChoiceField, Field, ModelChoiceField
from django.forms.forms import BaseForm
from django.urls import Resolver404, resolve

ROW = re.compile(r"^\w+-\d+-")  # what a formset puts before the name of a field


class Labels:
    """The words for the fields of a form, where all forms it may have been agree."""

    def __init__(self, action: str, texts: Iterable[str]) -> None:
        names = {ROW.sub("", name) for name in texts}
        of_the_feature = [it for it in _kinds(BaseForm) if it.__module__.startswith(f"{_feature(action)}.")]
        self._forms = [it for it in of_the_feature if names <= set(_fields(it))]

    def label(self, name: str) -> str:
        """Return what the field is called, an empty text when that is not certain."""
        return _agreed({str(field.label or "") for field in self._called(name)})

    def choice(self, name: str, value: str) -> str:
        """Return what the chosen value is called; an empty text for what nobody chose from a list of words."""
        fields = [it for it in self._called(name) if not isinstance(it, ModelChoiceField)]
        lists: list[Any] = [it.choices for it in fields if isinstance(it, ChoiceField)]
        return _agreed({str(dict(words).get(value, "")) for words in lists}) if value else ""

    def _called(self, name: str) -> list[Field]:
        name = ROW.sub("", name)
        return [_fields(it)[name] for it in self._forms if name in _fields(it)]


def _feature(action: str) -> str:
    try:
        return resolve(action.partition("?")[0]).func.__module__.rpartition(".")[0]
    except Resolver404:
        return " "


def _fields(kind: type[BaseForm]) -> dict[str, Field]:
    return getattr(kind, "base_fields", {})


def _kinds(kind: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for it in kind.__subclasses__():
        yield it
        yield from _kinds(it)


def _agreed(words: set[str]) -> str:
    return words.pop() if len(words) == 1 else ""
