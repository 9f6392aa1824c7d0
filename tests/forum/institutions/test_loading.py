"""The local governments of Korea, loaded from their table."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forum.institutions.models import Institution

TABLE = Path(__file__).resolve().parents[3] / "forum/institutions/data/institutions_2026-07-01.csv"

pytestmark = pytest.mark.django_db


def test_all_243_are_made_once_each_under_its_province(capsys):
    call_command("load_institutions", str(TABLE))
    assert "243 institutions made, 0 were there." in capsys.readouterr().out
    call_command("load_institutions", str(TABLE))
    assert "0 institutions made, 243 were there." in capsys.readouterr().out

    assert Institution.objects.filter(parent=None).count() == 16
    assert Institution.objects.filter(name__endswith=" 중구").count() == 5
    assert Institution.objects.get(name="경기도 수원시").parent.name == "경기도"


def test_what_is_there_keeps_its_headcount():
    Institution.objects.create(name="경기도", headcount=5000)
    call_command("load_institutions", str(TABLE))
    assert Institution.objects.get(name="경기도").headcount == 5000


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("level,name\n광역,서울특별시\n", "lacks the columns sido"),
        ("level,sido,name\n광역,가도,가도\n읍면,가도,나읍\n", "Line 3: the level is '읍면'"),
    ],
)
def test_a_table_of_another_shape_makes_nothing(tmp_path, table, sentence):
    path = tmp_path / "table.csv"
    path.write_text(table)
    with pytest.raises(CommandError, match=sentence):
        call_command("load_institutions", str(path))
    assert not Institution.objects.exists()


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_institutions", str(tmp_path / "absent.csv"))
