"""The product's own settings, with the pages to compare with beside its own."""

from forum.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.base.floors"
