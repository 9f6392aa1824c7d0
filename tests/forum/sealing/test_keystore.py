"""The key store: one key a name, whole or not at all, for its owner's eyes only."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.core.exceptions import ImproperlyConfigured

from forum.sealing.envelope import encode_public_key, new_message, open_envelope, seal
from forum.sealing.keystore import KeyLost, KeyStore, key_store

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def store(tmp_path) -> KeyStore:
    return KeyStore(tmp_path / "deep" / "keys")


def files(store: KeyStore) -> set[str]:
    return {path.name for path in store.folder.iterdir()}


def test_a_key_opens_what_is_sealed_for_its_public_part(store):
    public_key, message = store.create("ballot-1"), new_message(1)
    part = seal(message, public_key, ballot_id=1)
    assert open_envelope(part, KeyStore(store.folder).private_key("ballot-1"), ballot_id=1) == message


def test_creating_a_key_again_gives_the_one_that_is_there(store):
    assert store.create("ballot-1") == store.create("ballot-1")
    assert store.create("ballot-2") != store.create("ballot-1")
    assert store.names() == ["ballot-1", "ballot-2"]


def test_many_who_create_one_key_at_once_get_the_same(store):
    store.create("another")
    with ThreadPoolExecutor(16) as pool:
        public_keys = list(pool.map(lambda _: store.create("ballot-1"), range(64)))
    assert set(public_keys) == {encode_public_key(store.private_key("ballot-1").public_key())}
    assert files(store) == {"another.key", "ballot-1.key"}


def test_only_the_owner_may_read(store):
    mask = os.umask(0)
    try:
        store.create("ballot-1")
    finally:
        os.umask(mask)
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert (store.folder / "ballot-1.key").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_others_may_read_is_closed_to_them(store):
    store.folder.mkdir(parents=True)
    store.folder.chmod(0o755)
    store.create("ballot-1")
    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_a_key_survives_its_maker_s_sudden_death(store):
    script = (
        "import os, sys; from pathlib import Path; from forum.sealing.keystore import KeyStore\n"
        "sys.stdout.write(KeyStore(Path(sys.argv[1])).create('ballot-1').hex()); sys.stdout.flush()\n"
        "os.kill(os.getpid(), 9)"
    )
    died = subprocess.run(
        [sys.executable, "-c", script, store.folder], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert died.returncode == -9
    assert store.create("ballot-1").hex() == died.stdout


def test_what_a_crash_left_half_written_is_no_key(store):
    store.create("ballot-1")
    (store.folder / "tmpabc.new").write_bytes(b"-----BEGIN PRIV")
    assert store.names() == ["ballot-1"]


def test_a_key_that_was_never_made_is_lost(store):
    store.create("ballot-1")
    with pytest.raises(KeyLost):
        store.private_key("ballot-2")


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 241, b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_damaged_key_is_lost(store, content):
    store.create("ballot-1")
    (store.folder / "ballot-1.key").write_bytes(content)
    with pytest.raises(KeyLost):
        store.private_key("ballot-1")


@pytest.mark.parametrize(
    ("curve", "encryption"), [(ec.SECP384R1(), NoEncryption()), (ec.SECP256R1(), BestAvailableEncryption(b"secret"))]
)
def test_a_key_of_another_kind_is_lost(store, curve, encryption):
    store.create("ballot-1")
    pem = ec.generate_private_key(curve).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    (store.folder / "ballot-1.key").write_bytes(pem)
    with pytest.raises(KeyLost):
        store.private_key("ballot-1")


def test_a_store_that_is_not_there_has_lost_and_destroyed_nothing(store):
    store.create("ballot-1")
    elsewhere = store.folder.rename(store.folder.with_name("unmounted"))
    with pytest.raises(FileNotFoundError):
        store.private_key("ballot-1")
    with pytest.raises(FileNotFoundError):
        store.destroy("ballot-1")
    elsewhere.rename(store.folder)
    assert store.private_key("ballot-1")


def test_a_destroyed_key_is_gone_and_its_bytes_are_overwritten(store):
    store.create("ballot-1")
    path = store.folder / "ballot-1.key"
    with path.open("rb") as still_open:
        store.destroy("ballot-1")
        left = still_open.read()
    assert left
    assert set(left) == {0}
    assert files(store) == set()
    with pytest.raises(KeyLost):
        store.private_key("ballot-1")


def test_destroying_twice_is_fine_and_spares_the_others(store):
    kept = store.create("ballot-2")
    store.create("ballot-1")
    store.destroy("ballot-1")
    store.destroy("ballot-1")
    assert store.create("ballot-2") == kept


@pytest.mark.parametrize("name", ["", "../ballot", "a/b", "A", ".key", "-a", "a.key", "가", "a\n", "a" * 101])
def test_a_name_that_could_leave_the_folder_is_refused(store, name):
    for act in (store.create, store.private_key, store.destroy):
        with pytest.raises(ValueError, match="is no name"):
            act(name)


def test_the_store_of_this_process_is_where_the_settings_say(settings, tmp_path):
    settings.KEY_STORE = tmp_path
    assert key_store().folder == tmp_path


def test_a_process_without_a_store_is_told_what_to_set(settings):
    settings.KEY_STORE = None
    with pytest.raises(ImproperlyConfigured, match="KEY_STORE is missing: set it to"):
        key_store()
