"""The rows of one vote, written in as few statements as possible while the ballot is shared."""

from django.db import connection
from django.utils.translation import gettext as _

from boards.voting.models import AcceptedHash, Ballot, RollEntry, SealedVote
from forum.sealing.envelope import envelope_hash, new_message, pack, part_hashes, seal
from forum.sealing.tags import box_mac
from forum.web.errors import WrongState

TRIES = 5


def write_named(entry: RollEntry, choice: int) -> None:
    """Insert the vote or replace it, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO boards_namedvote (entry_id, choice, version) VALUES (%s, %s, 1) ON CONFLICT (entry_id) "
            "DO UPDATE SET choice = excluded.choice, version = boards_namedvote.version + 1",
            [entry.pk, choice],
        )


def write_sealed(ballot: Ballot, entry: RollEntry, choice: int) -> tuple[str, str]:
    """Seal the choice and insert or replace the envelope; return (receipt, mac) in hex.

    The version is part of the mac, so two casts of one voter at once are told apart by it: the later one is written
    over the earlier one, never lost between them. Raise WrongState when one voter keeps racing with herself.
    """
    key = bytes(ballot.public_key)  # type: ignore[arg-type] # a sealed ballot has one, by its constraint
    part = seal(new_message(choice), key, ballot_id=ballot.pk)
    envelope = pack([(0, part)])
    digest = envelope_hash(envelope)
    for _try in range(TRIES):
        version = SealedVote.objects.filter(entry=entry).values_list("version", flat=True).first() or 0
        mac = box_mac(ballot.pk, entry.pk, version + 1, digest)
        if _upsert(entry, envelope, version + 1, mac):
            break
    else:
        raise WrongState(_("같은 사람의 투표가 여러 곳에서 동시에 들어왔습니다. 잠시 뒤에 다시 투표해 주세요."))
    AcceptedHash.objects.bulk_create(
        [AcceptedHash(hash=part_hash.hex(), ballot=ballot) for part_hash in part_hashes(envelope)]
    )
    return digest.hex(), mac.hex()


def _upsert(entry: RollEntry, envelope: bytes, version: int, mac: bytes) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO boards_sealedvote (entry_id, envelope, version, mac) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (entry_id) DO UPDATE SET envelope = excluded.envelope, version = excluded.version, "
            "mac = excluded.mac WHERE boards_sealedvote.version = excluded.version - 1",
            [entry.pk, envelope, version, mac],
        )
        return cursor.rowcount == 1
