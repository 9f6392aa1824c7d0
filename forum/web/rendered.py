"""What a process keeps of its own work, the least used gone first; a key must hold all that the value depends on."""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


class Rendered:
    """Texts under their keys, up to so many characters in all; threads may use it at once."""

    def __init__(self, characters: int) -> None:
        self._room = characters
        self._texts: OrderedDict[Hashable, str] = OrderedDict()
        self._guard = threading.Lock()

    def get_many(self, keys: Iterable[Hashable]) -> dict[Hashable, str]:
        """Return those that are there."""
        found = {}
        with self._guard:
            for key in keys:
                if (text := self._texts.get(key)) is not None:
                    self._texts.move_to_end(key)
                    found[key] = text
        return found

    def put(self, key: Hashable, text: str) -> None:
        with self._guard:
            self._room += len(self._texts.pop(key, ""))
            self._texts[key] = text
            self._room -= len(text)
            while self._room < 0 and self._texts:
                _key, gone = self._texts.popitem(last=False)
                self._room += len(gone)


class Partial:
    """A partial that is rendered once a language for each state of what it shows, whoever looks."""

    def __init__(self, template: str, characters: int) -> None:
        self._template = template
        self._rendered = Rendered(characters)

    def html(self, state: Hashable, **context) -> SafeString:
        """Return the partial drawn from `context`, all of which depends on `state` alone."""
        key = (get_language(), state)
        html = self._rendered.get_many([key]).get(key)
        if html is None:
            self._rendered.put(key, html := render_to_string(self._template, context))
        return mark_safe(html)  # noqa: S308 - rendered by the template
