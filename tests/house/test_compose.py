"""docker-compose.yml agrees with the code: its services, their commands, and every variable it sets."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
FILLED_IN = {
    "DATABASE_PASSWORD": "a-password",
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnop",
    "ALLOWED_HOSTS": "jianjing.example",
    "TRUSTED_ORIGINS": "https://jianjing.example",
    "HSTS_SECONDS": "31536000",
    "EMAIL_URL": "smtp://office:secret@mail.example:587?tls=1",
}


def _filled(value: str) -> str:
    return re.sub(r"\$\{(\w+)(?::[?-][^}]*)?\}", lambda found: FILLED_IN[found[1]], value)


def _environment(service: str) -> dict[str, str]:
    return {name: _filled(str(value)) for name, value in SERVICES[service]["environment"].items()}


def test_services_are_those_of_the_product() -> None:
    assert set(SERVICES) == {*OURS, "database", "broker"}


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"migrate"}))
def test_service_has_a_health_check(service: str) -> None:
    assert SERVICES[service]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_service_waits_for_servers_and_migrations(service: str) -> None:
    waits = {name: how["condition"] for name, how in SERVICES[service]["depends_on"].items()}

    assert waits == {
        "database": "service_healthy",
        "broker": "service_healthy",
        "migrate": "service_completed_successfully",
    }


@pytest.mark.parametrize("service", OURS)
def test_settings_load_with_the_service_environment(service: str, tmp_path: Path) -> None:
    program = (
        "from coordination import settings as s\n"
        "d = s.DATABASES['default']\n"
        "pooled = 'pool' in d['OPTIONS']\n"
        "print(s.EMBEDDED, s.DEMO, s.HTTPS, d['HOST'], d['NAME'], d['USER'], pooled, s.CELERY_BROKER_URL)"
    )
    environment = {**_environment(service), "STATE_FOLDER": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    pooled = service == "web"
    expected = f"False False True database jianjing jianjing {pooled} redis://broker:6379/0"
    assert (done.stdout.strip(), done.stderr) == (expected, "")


@pytest.mark.parametrize("service", OURS)
def test_command_names_what_is_there(service: str) -> None:
    words = SERVICES[service]["command"]

    named = {"python": words[1], "granian": words[-1].partition(":")[0], "celery": words[words.index("-A") + 1]
             if "-A" in words else ""}[words[0]]  # fmt: skip

    if named.endswith(".py"):
        assert (CHECKOUT / named).is_file()
    else:
        assert importlib.util.find_spec(named) is not None


def test_pool_is_large_enough_for_the_web_threads() -> None:
    words = SERVICES["web"]["command"]

    threads = int(words[words.index("--blocking-threads") + 1])

    assert int(SERVICES["web"]["environment"]["DATABASE_POOL"]) >= threads


def test_web_health_check_asks_an_address_of_the_product() -> None:
    from django.urls import resolve

    address = SERVICES["web"]["healthcheck"]["test"][-1]

    assert resolve("/" + address.split("/", 3)[3]).view_name == "health-live"


def test_every_variable_is_in_the_example_file() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (CHECKOUT / "docker-compose.yml").read_text()))
    offered = set(re.findall(r"^(\w+)=", (CHECKOUT / "deploy" / "env.example").read_text(), re.MULTILINE))

    assert asked == offered


def test_image_is_built_from_the_lock_file() -> None:
    dockerfile = (CHECKOUT / SERVICES["web"]["build"]["dockerfile"]).read_text()

    assert "--require-hashes" in dockerfile
    assert "requirements.txt" in dockerfile
