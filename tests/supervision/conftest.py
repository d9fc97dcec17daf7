"""Everyone of the cast for every test of this folder, and one story told once for the tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from cases.models import Case, Proceeding
from supervision.demo import people
from tests.cast import at
from tests.supervision import world

NOW = at("2026-11-25 10:00")


@dataclass(frozen=True, slots=True)
class Told:
    """The cases of the story: a notice receipted and not answered, one being drafted, one awaiting its decision."""

    case: Case
    notice: Proceeding
    drafting: Proceeding
    awaiting: Proceeding


@pytest.fixture(autouse=True)
def cast(db: None) -> None:
    """Load the organs and people of the demo world."""
    people.load(hashed="!")


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[Told]:
    """Tell the story once for a module; nothing of it is left when the module is done."""
    with django_db_blocker.unblock():
        people.load(hashed="!")
        case = world.submitted()
        yield Told(
            case,
            world.receipted(case),
            world.drafting(world.detained("A9901025100002026110022")),
            world.awaiting(world.detained("A9901025100002026110023")),
        )
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def today() -> Iterator[None]:
    """Let the world stand on Wednesday 25 November 2026, 10:00."""
    with time_machine.travel(NOW, tick=False):
        yield
