"""The schedule names tasks that are there, each with an end, and none with a date of its own."""

from __future__ import annotations

import pytest

from coordination.celery import SCHEDULE, app


@pytest.mark.parametrize("line", sorted(SCHEDULE))
def test_scheduled_task_is_there_and_expires(line: str) -> None:
    app.loader.import_default_modules()

    entry = SCHEDULE[line]

    assert entry["task"] in app.tasks
    assert entry["options"]["expires"] > 0
    assert not {"eta", "countdown"} & set(entry["options"])


def test_messages_are_json_only() -> None:
    assert (app.conf.task_serializer, app.conf.accept_content) == ("json", ["json"])
