"""A Chromium of the machine, one window a person, and the product's clock at a chosen instant."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from coordination import worldtime
from supervision.demo import people
from tests.browser.walking import Walk

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser, and say so."""
    if CHROMIUM is None:
        missing = pytest.mark.skip(reason="no Chromium was found: browser tests were not run")
        for item in items:
            if "tests/browser" in str(item.path):
                item.add_marker(missing)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the machine's own Chromium."""
    return {"executable_path": CHROMIUM, "args": list(ARGS)}


@pytest.fixture
def walk(browser: Browser, live_server: Any, transactional_db: None) -> Iterator[Walk]:
    """A walk through the product with the demo world's people; real time again afterwards."""
    people.load()
    walking = Walk(browser, live_server.url)
    yield walking
    walking.close()
    worldtime.go_back_to_real_time()
