"""What every test lives under: warnings, ERROR logs and undefined template variables fail it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from django.conf import settings

from coordination import translations
from tests.plugin.throwaway import MARK


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogue, as a start of the product does; once, not in every worker."""
    if not hasattr(config, "workerinput"):
        translations.compile_all()


class _Kept(logging.Handler):
    """Keeps what was logged at ERROR or above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_error_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which an ERROR was logged, unless it is marked `expects_error_logs`."""
    kept = _Kept()
    logging.getLogger().addHandler(kept)
    yield
    logging.getLogger().removeHandler(kept)
    if request.node.get_closest_marker("expects_error_logs") is None and kept.said:
        pytest.fail("logged at ERROR:\n" + "\n".join(kept.said))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Leave the databases of a throw-away server to its end: a browser may still hold a connection to one of them."""
    return MARK in os.environ


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Hash passwords the quick way: Argon2 is slow on purpose, and no test is about it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
