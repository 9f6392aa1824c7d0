"""What a process keeps of its own work, the least used gone first; a key must hold all that the value depends on."""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable


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
