"""A seeded world stands as one that was made through the verbs: nothing unmeasured, nothing to repair, pages open."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cases.models import Case, Deadline, Document, NumberSeries, Occurrence, Proceeding, Step, Suspect
from cases.sweep import reconcile, unmeasured
from coordination.policy import visible
from supervision.demo import seeding
from tests.cast import at, user

pytestmark = pytest.mark.django_db
NOW = at("2026-11-20 10:00")


def test_a_seeded_world_is_whole_can_be_added_to_and_its_pages_open(client: Client) -> None:
    """One test, because telling the patterns through the verbs takes most of the time."""
    assert seeding.seed(200, now=NOW).cases == 200
    assert Case.objects.count() == 200
    assert unmeasured() == []
    assert reconcile(NOW) == {}
    open_cases = Proceeding.objects.filter(process="case", closed_at=None).count()
    assert 5 <= open_cases <= 45
    assert Case.objects.values("police").distinct().count() == 4
    for proceeding in Proceeding.objects.filter(closed_at__isnull=False)[:50]:
        assert proceeding.declared_state.kind == "end"
    assert not Deadline.objects.filter(stopped_at__isnull=False, next_alarm_at__isnull=False).exists()
    assert not Step.objects.filter(recorded_at__gt=NOW).exists()
    assert Occurrence.objects.exclude(case=None).filter(case__received_at__gt=NOW).count() == 0
    assert Suspect.objects.values("name").distinct().count() > 20

    _numbers_go_on_behind()
    _an_investigator_opens_a_case(client)


def _numbers_go_on_behind() -> None:
    counters = {(row.organisation_id, row.kind): row.last for row in NumberSeries.objects.all()}
    for document in Document.objects.exclude(number=""):
        found = re.fullmatch(r"(.*?)([0-9]+)([^0-9]*)", document.number)
        assert found is not None
        series = f"{found[1]}{{n}}{found[3]}"
        assert int(found[2]) <= counters[document.organisation_id, series], document.number


def _an_investigator_opens_a_case(client: Client) -> None:
    who = user("shen.yanqiu")
    case = visible(who, Case, now=NOW).filter(proceedings__process="custody").latest("received_at", "id")
    client.force_login(who)

    answer = client.get(f"/cases/{case.pk}/")

    assert answer.status_code == 200
    assert case.number in answer.content.decode()
