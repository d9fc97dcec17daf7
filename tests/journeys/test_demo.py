"""The demo world as a whole, all stories together. What each story shows is in `test_demo_<story>.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.models import Draft
from cases.sweep import unmeasured
from supervision.demo import stories
from tests.journeys import demo_world

pytestmark = pytest.mark.django_db


def test_every_file_of_the_folder_tells_its_story() -> None:
    files = Path(stories.__file__).parent.glob("s[0-9]*.py")

    assert sorted(stories.tellers()) == sorted(file.stem for file in files)


def test_every_clock_of_the_world_is_measured_and_every_draft_has_its_desk() -> None:
    demo_world.tell()

    assert unmeasured() == []
    assert not Draft.objects.filter(outcome="", role="").exists()
