"""What nobody may change: append-only rows, the sealed audit, stored clocks, and the check that misses a clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test import Client

from cases import watching
from cases.models import Activity, Deadline, DeadlineEvent, Occurrence, Step
from cases.sweep import reconcile, sweep, unmeasured
from coordination import audit
from coordination.models import AuditEntry
from supervision.demo import people
from tests.cast import at, organ, registered, user

MORNING = at("2026-11-02 09:00")


@pytest.fixture(autouse=True)
def _cast(db: None) -> None:
    people.load(hashed="!")
    watching.forget()


@contextmanager
def tampering() -> Iterator[None]:
    """Do as the owner of the database could: triggers and checks are out of the way."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


@pytest.mark.parametrize("model", [Step, Activity, Occurrence, DeadlineEvent, AuditEntry])
def test_what_was_recorded_can_be_neither_changed_nor_removed(model: type[models.Model]) -> None:
    case = registered(MORNING)
    Activity.objects.create(
        case=case, kind="search", started_at=MORNING, recorded_at=MORNING, recorded_by=user("shen.yanqiu"),
        unit=organ("990102510000"), jurisdiction="990102",
    )  # fmt: skip
    sweep(at("2026-11-06 12:00"))
    rows = model._default_manager.filter(pk=model._default_manager.values("pk")[:1])
    assert rows.count() == 1

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(id=models.F("id"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.django_db(transaction=True)
def test_an_audit_entry_changed_or_removed_breaks_the_seal() -> None:
    registered(MORNING)
    assert audit.seal(MORNING) is not None
    assert audit.verify() == ()
    entry = AuditEntry.objects.order_by("id")[1]

    with tampering():
        AuditEntry.objects.filter(pk=entry.pk).update(action="nothing.happened")
    assert [fault.what for fault in audit.verify()] == ["an entry was changed"]

    with tampering():
        AuditEntry.objects.filter(pk=entry.pk).update(action=entry.action)
        assert audit.verify() == ()
        AuditEntry.objects.filter(pk=entry.pk).delete()
    assert "sealed were" in audit.verify()[0].what


@pytest.mark.django_db
@pytest.mark.expects_error_logs
def test_a_clock_that_was_tampered_with_is_repaired_and_reported() -> None:
    case = registered(MORNING)
    clock = Deadline.objects.get(case=case, limit="filing_review_general")
    Deadline.objects.filter(pk=clock.pk).update(due_at=clock.due_at + timedelta(days=9))

    assert reconcile(at("2026-11-02 10:00")) == {"filing_review_general": 1}

    repaired = Deadline.objects.get(pk=clock.pk)
    assert repaired.due_at == clock.due_at
    event = DeadlineEvent.objects.get(deadline=clock, kind=DeadlineEvent.Kind.REPAIRED)
    assert event.detail["from"] == (clock.due_at + timedelta(days=9)).isoformat()
    assert reconcile(at("2026-11-02 10:00")) == {}


@pytest.mark.django_db
@pytest.mark.expects_error_logs
def test_an_event_without_its_clock_fails_the_health_check(client: Client) -> None:
    case = registered(MORNING)
    assert client.get("/health/ready").status_code == 200
    clock = Deadline.objects.get(case=case, limit="filing_review_general")
    with tampering():
        Deadline.objects.filter(pk=clock.pk)._raw_delete("default")
    watching.forget()

    answer = client.get("/health/ready")

    assert [limit for _, limit in unmeasured()] == ["filing_review_general"]
    assert answer.status_code == 503
    assert answer.json()["checks"]["deadlines"] != "ok"
