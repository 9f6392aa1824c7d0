"""What docker-compose.yml, Dockerfile and .env.example promise, read from the files: no engine runs here."""

import re
from itertools import pairwise

import pytest
from django.conf import settings

from tests.full.compose import ROOT, VARIABLE, environment, filled_in, services

OURS = {"web", "migrate", "worker", "clock", "counter"}
OF_OTHERS = {"proxy", "postgres", "redis"}
SECRETS = {"SECRET_KEY", "TAG_KEY", "POSTGRES_PASSWORD"}
FILLED = {
    "SECRET_KEY": "1" * 64,
    "TAG_KEY": "2" * 64,
    "POSTGRES_PASSWORD": "3" * 64,
    "PUBLIC_ORIGINS": "https://board.example.go.kr",
    "MAIL_URL": "smtp://mail.example.go.kr",
    "MAIL_FROM": "board@example.go.kr",
}
COMPOSE = (ROOT / "docker-compose.yml").read_text()


def test_the_installation_is_these_services_and_no_other():
    assert set(services()) == OURS | OF_OTHERS


def test_pages_come_from_two_uvicorn_processes_with_settings_the_wire_was_measured_with():
    web = services()["web"]

    assert web["deploy"]["replicas"] == 2
    assert web["command"][:2] == ["uvicorn", "forum.asgi:application"]
    assert {
        "--loop=uvloop",
        "--http=httptools",
        "--ws=websockets-sansio",
        "--ws-per-message-deflate=false",
        "--proxy-headers",
    } <= set(web["command"])


def test_no_log_of_requests_betrays_who_wrote_or_voted_what():
    assert "--no-access-log" in services()["web"]["command"]
    assert not re.search(r"^\s*log\b", (ROOT / "deploy/Caddyfile").read_text(), re.MULTILINE)


def test_only_the_counter_has_the_keys():
    with_variable = {name for name, it in services().items() if "KEY_STORE" in it.get("environment", {})}
    with_volume = {
        name for name, it in services().items() if any(mount.startswith("keys:") for mount in it.get("volumes", []))
    }

    assert with_variable == with_volume == {"counter"}


@pytest.mark.parametrize("name", sorted(OURS | OF_OTHERS))
def test_every_service_that_stays_tells_whether_it_is_well(name):
    once = name == "migrate"
    assert ("healthcheck" in services()[name]) is not once


@pytest.mark.parametrize("name", sorted(OURS - {"migrate"}))
def test_nothing_of_ours_starts_before_the_database_is_migrated_and_the_bus_is_there(name):
    assert services()[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "redis": {"condition": "service_healthy"},
    }


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_services_run_with_as_few_rights_as_they_need(name):
    service = services()[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "user" not in service, "the image's own user is not to be overridden"


def test_only_the_proxy_is_reached_from_outside():
    assert {name for name, it in services().items() if "ports" in it} == {"proxy"}


def test_what_people_attach_is_in_one_folder_of_those_who_write_and_sweep_it():
    mounted = {name for name, it in services().items() if "attachments:/attachments" in it.get("volumes", [])}

    assert mounted == {"web", "clock"}
    assert environment("web", FILLED)["ATTACHMENTS"] == "/attachments"
    assert "/attachments" in re.search(r"install -d -o board .*$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[0]


def test_the_proxy_lets_pass_what_the_application_takes():
    caddy = (ROOT / "deploy/Caddyfile").read_text()

    for path, limit in (("@files", settings.LARGEST_BODY_WITH_FILES), ("@others", settings.LARGEST_BODY)):
        assert re.search(rf"request_body {path} {{\s*max_size {limit // 1024 // 1024}MiB", caddy)


def test_database_and_keys_outlive_their_containers():
    assert "database:/var/lib/postgresql/data" in services()["postgres"]["volumes"]
    assert "keys:/keys" in services()["counter"]["volumes"]


def test_the_database_sorts_and_searches_hangul_and_takes_all_connections():
    postgres = services()["postgres"]

    assert "--locale=C.UTF-8" in postgres["environment"]["POSTGRES_INITDB_ARGS"]
    assert int(postgres["image"].partition(":")[2]) >= 15
    assert ("-c", "max_connections=200") in pairwise(postgres["command"])


def test_no_secret_has_a_default():
    used = list(VARIABLE.finditer(COMPOSE))

    assert {match["name"] for match in used} >= SECRETS
    assert all(match["otherwise"] for match in used), "an empty variable stops the start with a sentence"


@pytest.mark.parametrize("missing", sorted(FILLED))
def test_a_missing_value_stops_the_start_with_a_sentence_that_says_what_to_do(missing):
    with pytest.raises(KeyError, match=f"{missing}: set it in .env to "):
        environment("web", FILLED | {missing: ""})


def test_cache_and_bus_are_different_databases_of_redis():
    variables = environment("web", FILLED)

    assert variables["REDIS_URL"] != variables["CACHE_URL"]


def test_the_processes_are_told_the_same_but_for_the_keys():
    told = {name: environment(name, FILLED) for name in OURS}
    told["counter"].pop("KEY_STORE")

    assert all(variables == told["web"] for variables in told.values())


def test_the_example_names_every_variable_of_the_file_and_holds_no_secret():
    example = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert {match["name"] for match in VARIABLE.finditer(COMPOSE)} <= set(example)
    assert all(example[name] == "" for name in SECRETS)


def test_the_image_runs_as_an_ordinary_user_and_carries_no_secret():
    lines = (ROOT / "Dockerfile").read_text()
    last_stage = lines[lines.rindex("FROM ") :]

    assert re.search(r"^USER 10001$", last_stage, re.MULTILINE)
    assert not re.search(r"^(ENV|ARG)\b.*(SECRET|TAG_KEY|PASSWORD)", lines, re.MULTILINE)
    assert ".env" not in (ROOT / ".dockerignore").read_text().split()
    assert (ROOT / ".dockerignore").read_text().split("\n")[1] == "*", "what is not named does not get in"


def test_a_value_is_put_where_an_engine_puts_it():
    assert filled_in("a ${B:?say it} c ${D:-e}", {"B": "b"}) == "a b c e"
