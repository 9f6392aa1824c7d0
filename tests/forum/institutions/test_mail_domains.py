"""Whose addresses let officials sign up, entered on the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from forum.institutions.addresses import institution_of, mail_domain
from forum.institutions.models import Institution, ListedAddress, MailDomain


@pytest.fixture
def towns(db):
    return [Institution.objects.create(name=name) for name in ("새빛군", "큰들시")]


def enter(*arguments: str) -> str:
    out = io.StringIO()
    call_command("mail_domain", *arguments, stdout=out)
    return out.getvalue()


def listed(tmp_path, *addresses: str) -> str:
    file = tmp_path / "addresses.txt"
    file.write_text("\n".join(addresses))
    return str(file)


def test_an_own_domain_proves_the_institution(towns):
    said = enter("Saebit.go.kr", "--institution=새빛군")

    assert "새빛군" in said
    assert institution_of("Somebody@SAEBIT.go.kr") == towns[0]
    assert institution_of("somebody@mail.saebit.go.kr") is None


def test_a_shared_domain_proves_an_official_and_the_list_the_institution(towns, tmp_path):
    said = enter("korea.kr", "--shared", "--addresses-of=큰들시", f"--addresses={listed(tmp_path, 'A@korea.kr', '')}")

    assert "1 addresses" in said
    assert mail_domain("b@korea.kr").shared
    assert (institution_of("a@korea.kr"), institution_of("b@korea.kr")) == (towns[1], None)


def test_entering_the_same_again_changes_nothing(towns, tmp_path):
    for _ in range(2):
        enter("korea.kr", "--shared", "--addresses-of=큰들시", f"--addresses={listed(tmp_path, 'a@korea.kr')}")

    assert (MailDomain.objects.count(), ListedAddress.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["saebit.go.kr", "--institution=큰들시"], "새빛군 already"),
        (["saebit.go.kr", "--shared"], "새빛군 already"),
        (["korea kr", "--shared"], "korea kr"),
        (["other.go.kr", "--institution=없는시"], "no institution 없는시"),
        (["korea.kr", "--shared", "--addresses-of=큰들시"], "together"),
        (["korea.kr", "--shared", "--addresses-of=큰들시", "--addresses={file}"], "x@other.kr is not of korea.kr"),
    ],
)
def test_a_wrong_argument_is_named_and_nothing_is_entered(towns, tmp_path, arguments, sentence):
    enter("saebit.go.kr", "--institution=새빛군")
    file = listed(tmp_path, "a@korea.kr", "x@other.kr")

    with pytest.raises(CommandError, match=sentence):
        enter(*(argument.format(file=file) for argument in arguments))

    assert (MailDomain.objects.count(), ListedAddress.objects.count()) == (1, 0)


def test_an_address_is_on_one_institutions_list_only(towns, tmp_path):
    file = listed(tmp_path, "a@korea.kr")
    enter("korea.kr", "--shared", "--addresses-of=큰들시", f"--addresses={file}")

    with pytest.raises(CommandError, match="on the list of 큰들시 already"):
        enter("korea.kr", "--shared", "--addresses-of=새빛군", f"--addresses={file}")


def test_the_founding_of_a_board_enters_the_domains_too(db):
    call_command(
        "found_board", "--institution=새빛군", "--headcount=300", "--board=새빛", "--slug=saebit", "--code=새빛",
        "--moderator-email=mod@saebit.go.kr", "--moderator-name=문운영", "--term-until=2100-01-01",
        "--mail-domain=saebit.go.kr", stdout=io.StringIO(),
    )  # fmt: skip

    assert institution_of("new@saebit.go.kr").name == "새빛군"
