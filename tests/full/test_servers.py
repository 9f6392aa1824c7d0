"""The throw-away servers behave as those of a real installation when they fail: the other tests rely on it."""

import psycopg
import pytest
import redis

from tests.servers import Postgres, Redis

pytestmark = pytest.mark.postgres


def test_what_postgresql_committed_outlives_its_kill():
    with Postgres() as server:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('남은 글')")

        server.kill()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.url())
        server.start()

        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT word FROM kept").fetchall() == [("남은 글",)]
            assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_redis_comes_back_on_its_port_and_has_forgotten_everything():
    with Redis() as server, redis.Redis(port=server.port, socket_timeout=1, retry=None) as client:
        client.set("word", "말")

        server.stop()
        with pytest.raises(redis.ConnectionError):
            client.get("word")
        server.start()

        assert client.get("word") is None


def test_a_frozen_redis_takes_connections_and_answers_nothing_until_it_thaws():
    with Redis() as server, redis.Redis(port=server.port, socket_timeout=0.3, retry=None) as client:
        server.freeze()
        with pytest.raises(redis.TimeoutError):
            client.ping()

        server.thaw()

        assert client.ping()


def test_servers_leave_no_process_and_no_folder_behind():
    with Redis() as bus, Postgres(fsync=False) as database:
        processes = [bus.process, database.process]

    assert all(process.poll() is not None for process in processes)
    assert not bus.folder.exists()
    assert not database.folder.exists()
