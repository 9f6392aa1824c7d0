"""Database, Redis, folder of files: a process that cannot reach them does not start, and says so in one sentence."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis
from django.conf import settings
from django.db import connection

PATIENCE = 5  # seconds a neighbour may take to answer


def missing_database() -> str:
    """Return what to do about a database that does not answer, nothing when it does; the demo has its own in a file."""
    if settings.DEMO:
        return ""
    try:
        psycopg.connect(**connection.get_connection_params() | {"connect_timeout": PATIENCE}).close()
    except psycopg.OperationalError as error:
        where = f"{connection.settings_dict['HOST']}:{connection.settings_dict['PORT'] or 5432}"
        return f"PostgreSQL at {where} lets nobody in ({_cause(error)}): start it, or correct DATABASE_URL."
    return ""


def missing_redis() -> str:
    """Return what to do about a Redis that does not answer, nothing when both do; the demo has none."""
    if settings.DEMO:
        return ""
    patience = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
    for name, url in (("REDIS_URL", settings.ENVIRONMENT.redis_url), ("CACHE_URL", settings.ENVIRONMENT.cache_url)):
        try:
            with redis.Redis.from_url(url, retry=None, **patience) as client:
                client.ping()
        except (redis.RedisError, ValueError) as error:
            where = urlsplit(url).netloc.rpartition("@")[2]
            return f"Redis at {where} does not answer ({_cause(error)}): start it, or correct {name}."
    return ""


def missing_neighbour() -> str:
    """Return the first sentence there is to say, nothing when the process can start."""
    return missing_database() or missing_redis()


def missing_folder() -> str:
    """Return what to do about a folder of attachments that cannot be written, nothing when it can."""
    folder = Path(settings.ATTACHMENTS)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        return f"The folder {folder} cannot be made ({error.strerror}): mount a volume there, or correct ATTACHMENTS."
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return f"The folder {folder} cannot be written: give it to the user of this process, or correct ATTACHMENTS."
    return ""


def _cause(error: Exception) -> str:
    """The core of what the client library says, which may be many lines."""
    first = (str(error).strip() or error.__class__.__name__).splitlines()[0]
    return " ".join(first.rpartition("failed: ")[2].split()).rstrip(".")
