"""A prepared read answers as the queryset it is made of, for as many values as come."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from forum.institutions.models import Institution
from forum.prepared import PREPARED, Givens, Prepared


def _names(institutions: Givens) -> QuerySet:
    return Institution.objects.filter(pk__in=institutions).order_by("pk").values_list("pk", "name")


@pytest.fixture
def names():
    yield Prepared(_names)
    PREPARED.pop()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 2, 3, 8, 21])
def test_it_finds_what_the_queryset_finds(names, count):
    there = [Institution.objects.create(name=f"기관 {turn}", headcount=turn).pk for turn in range(30)]
    asked = there[:count]

    assert names(asked) == list(_names(asked)) != []
    assert names(asked[::-1]) == names(asked)


@pytest.mark.django_db
def test_nothing_is_asked_for_nothing(names, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert names([]) == []


@pytest.mark.django_db
def test_many_lengths_are_few_texts(names):
    written = set()
    with connection.execute_wrapper(lambda execute, sql, *rest: written.add(sql) or execute(sql, *rest)):
        for count in range(1, 31):
            names(list(range(1, count + 1)))
    assert len(written) == 6
