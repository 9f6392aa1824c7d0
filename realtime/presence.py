"""How many different people are in a room, over all processes: a count, never names."""

import time

TTL = 15.0  # seconds an announcement of another process holds


class Presence:
    """Who listens here, and what other processes announced; only the hub's loop writes it."""

    def __init__(self) -> None:
        self._here: dict[int, dict[int, int]] = {}
        self._elsewhere: dict[str, tuple[float, dict[int, list[int]]]] = {}

    def enter(self, room: int, person: int) -> None:
        people = self._here.setdefault(room, {})
        people[person] = people.get(person, 0) + 1

    def leave(self, room: int, person: int) -> None:
        people = self._here.get(room, {})
        if people.get(person, 0) > 1:
            people[person] -= 1
        else:
            people.pop(person, None)
        if not people:
            self._here.pop(room, None)

    def here(self) -> dict[int, list[int]]:
        return {room: list(people) for room, people in list(self._here.items())}

    def announce(self, process: str, rooms: dict[int, list[int]]) -> set[int]:
        """Take another process's announcement; return the rooms whose count may have changed."""
        _at, before = self._elsewhere.get(process, (0.0, {}))
        self._elsewhere[process] = (time.monotonic(), rooms)
        return {room for room in before.keys() | rooms.keys() if set(before.get(room, [])) != set(rooms.get(room, []))}

    def forget_silent(self) -> set[int]:
        """Forget processes that have announced nothing for too long; return the rooms their people were in."""
        silent = {it: rooms for it, (at, rooms) in self._elsewhere.items() if time.monotonic() - at >= TTL}
        for process in silent:
            del self._elsewhere[process]
        return {room for rooms in silent.values() for room in rooms}

    def count(self, room: int) -> int:
        people = set(self._here.get(room, {}))
        for at, rooms in list(self._elsewhere.values()):
            if time.monotonic() - at < TTL:
                people.update(rooms.get(room, []))
        return len(people)


presence = Presence()
