"""Row locks, the only code that depends on the database's kind: SQLite's IMMEDIATE transaction is its one lock."""

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from forum.web.errors import WrongState


def own[Row: models.Model](row: Row) -> Row:
    """Lock the row against every other writer until commit and return it as it is now.

    The lock lets others insert rows that refer to it (FOR NO KEY UPDATE). Raise TransactionManagementError outside a
    transaction on both databases, and WrongState when the row is gone.
    """
    return _locked(row, "NO KEY UPDATE")


def share[Row: models.Model](row: Row) -> Row:
    """Lock the row against writers but not against other sharers, until commit, and return it as it is now."""
    return _locked(row, "SHARE")


def _locked[Row: models.Model](row: Row, strength: str) -> Row:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A row is locked only inside a transaction.")
    model = type(row)
    table = connection.ops.quote_name(model._meta.db_table)
    lock = f" FOR {strength}" if connection.vendor == "postgresql" else ""
    # One statement: at READ COMMITTED a row that had to be waited for comes as it is after the wait.
    found = list(model._default_manager.raw(f"SELECT * FROM {table} WHERE id = %s{lock}", [row.pk]))  # noqa: S608
    if not found:
        raise WrongState(_("그 사이 지워져서 더는 할 수 없습니다. 쓰신 글이 있으면 복사해 두세요."))
    return found[0]
