"""Reads a page repeats: Django writes their SQL once, because writing takes it longer than the database's answer."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import update_wrapper
from inspect import signature
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Expression, Field, IntegerField, QuerySet

PREPARED: "list[Prepared]" = []  # every one there is
_FIELDS: dict[type, Field] = {int: IntegerField(), date: DateField(), datetime: DateTimeField()}


@dataclass(frozen=True)
class Place:
    """Where in the SQL's parameters an argument goes, or one value of an argument that is a sequence."""

    argument: int
    turn: int | None = None

    def value(self, arguments: Sequence[Any]) -> Any:
        """Return what goes there; the last value of a sequence fills the places that are left."""
        value = arguments[self.argument]
        if self.turn is not None:
            value = value[min(self.turn, len(value) - 1)]
        return _FIELDS[type(value)].get_db_prep_value(value, connection)


class Given(Expression):
    """Stands in a queryset for an argument that is one value."""

    def __init__(self, argument: int) -> None:
        super().__init__()
        self.argument = argument

    def as_sql(self, compiler, connection):
        return "%s", [Place(self.argument)]


class Givens(Expression):
    """Stands behind `__in` for an argument that is a sequence of at most so many values."""

    def __init__(self, argument: int, places: int) -> None:
        super().__init__()
        self.argument, self.places = argument, places

    def as_sql(self, compiler, connection):
        return f"({', '.join(['%s'] * self.places)})", [Place(self.argument, turn) for turn in range(self.places)]


@dataclass(frozen=True)
class Written:
    sql: str
    params: tuple[Any, ...]
    convert: Callable[[list[tuple]], list[tuple]]


class Prepared:
    """A function from values to a queryset's rows that builds the queryset once; made by `@prepared`."""

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        update_wrapper(self, build)
        self._build = build
        self._kinds = [it.annotation for it in signature(build).parameters.values()]
        self._written: dict[Hashable, Written] = {}
        PREPARED.append(self)

    def __call__(self, *arguments: Any) -> list[tuple]:
        places = [_places(it) for kind, it in zip(self._kinds, arguments, strict=True) if kind is Givens]
        if 0 in places:
            return []
        key = (connection.vendor, *places)
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = self.write(places)
        params = [it.value(arguments) if isinstance(it, Place) else it for it in written.params]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, params)
            return written.convert(cursor.fetchall())

    def write(self, places: Iterable[int]) -> Written:
        """Return the SQL for sequences with so many places, one number for each of them."""
        sizes = iter(places)
        given = [Givens(at, next(sizes)) if kind is Givens else Given(at) for at, kind in enumerate(self._kinds)]
        compiler = self._build(*given).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([it for it, *_ in compiler.select[: compiler.col_count]])

        def convert(found: list[tuple]) -> list[tuple]:
            return [tuple(row) for row in compiler.apply_converters(found, converters)] if converters else found

        return Written(sql, tuple(params), convert)


def prepared(build: Callable[..., QuerySet]) -> Prepared:
    """Make of a function that returns a `values_list` one that returns its rows, and is asked with ids and dates.

    The function's arguments are each a Given or Givens, and it may depend on nothing else: not on today, not on a
    setting. Where a sequence is empty, nothing is found and nothing asked.
    """
    return Prepared(build)


def _places(values: Sequence[int]) -> int:
    """The next power of two, so that few different texts are written."""
    return 1 << (len(values) - 1).bit_length() if values else 0
