"""The one door under pressure: two at once, stale pages, limits that cannot be computed, closed and unknown things."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection, transaction

from cases import clocks
from cases.models import Case, Deadline, Document, Draft, Occurrence, Proceeding, Step
from cases.steps import approve, take
from cases.sweep import unmeasured
from coordination.errors import Conflict, Refused
from coordination.law import clock
from coordination.law.rulebook import rulebook
from coordination.models import AuditEntry
from supervision.demo import people
from tests.cast import agreed, at, do, registered, run, user

MORNING = at("2026-11-02 09:00")
NEXT = at("2026-11-03 10:00")


@pytest.fixture(autouse=True)
def _cast(db: None) -> None:
    people.load(hashed="!")


def counted() -> tuple[int, ...]:
    """How many rows there are of what a step writes."""
    return tuple(
        m.objects.count() for m in (Step, Occurrence, Deadline, Document, Draft, Proceeding, AuditEntry)
    )


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that begin together, each with its own connection; a fault is an answer too."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=20)
            return act()
        except (Refused, Conflict) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.mark.django_db(transaction=True)
def test_two_people_take_the_same_step_and_one_of_them_wins() -> None:
    case = registered(MORNING)
    review = run(case, "filing_review")
    seen = review.version

    def receipt() -> Step | Draft:
        return take(user("shen.yanqiu"), review.pk, "hand_receipt", facts={}, at=NEXT, seen_version=seen)

    answers = at_once(receipt, receipt)

    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Step"]
    assert Step.objects.filter(proceeding=review, name="hand_receipt").count() == 1
    assert Occurrence.objects.filter(case=case, event="reception_receipt_issued").count() == 1
    assert Document.objects.filter(case=case, kind="DOC-RECEPTION-RECEIPT").count() == 1
    assert unmeasured() == []


@pytest.mark.django_db(transaction=True)
def test_two_chiefs_issue_at_one_instant_and_their_numbers_follow_each_other() -> None:
    drafts = []
    for place in range(3):
        case = registered(MORNING, f"A99010251000020261100{place}")
        do("shen.yanqiu", run(case, "filing_review"), "hand_receipt", MORNING)
        drafts.append(do("fang.shuning", run(case, "filing_review"), "decide_file", NEXT))
    chief = user("han.kefei")

    def issue(draft: Step | Draft) -> Callable[[], object]:
        assert isinstance(draft, Draft)
        return lambda: approve(chief, draft.pk, at=NEXT)

    # One that is undone before the others gives its number back.
    with transaction.atomic():
        issue(drafts[2])()
        transaction.set_rollback(True)
    answers = at_once(issue(drafts[0]), issue(drafts[1]))
    issue(drafts[2])()

    assert all(isinstance(answer, Step) for answer in answers)
    assert Document.objects.filter(kind="DOC-FILING-DECISION").count() == 3
    serials: dict[str, list[int]] = {}
    for number in Document.objects.exclude(number="").values_list("number", flat=True):
        head, serial = re.fullmatch(r"(.*?)([0-9]+)[^0-9]*", number).groups()  # type: ignore[union-attr]
        serials.setdefault(head, []).append(int(serial))
    assert all(sorted(given) == list(range(1, len(given) + 1)) for given in serials.values())


@pytest.mark.django_db
def test_a_stale_page_is_answered_with_both_versions() -> None:
    review = run(registered(MORNING), "filing_review")
    seen = review.version
    do("shen.yanqiu", review, "hand_receipt", NEXT)
    before = counted()

    with pytest.raises(Conflict) as conflict:
        take(user("shen.yanqiu"), review, "hand_receipt", facts={}, at=NEXT, seen_version=seen)

    assert (conflict.value.seen.number, conflict.value.found.number) == (seen, seen + 1)
    assert conflict.value.found.step == "hand_receipt"
    assert conflict.value.found.actor == "沈砚秋"
    assert counted() == before


@pytest.mark.django_db
def test_a_step_whose_limit_cannot_be_computed_is_refused_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = registered(MORNING)
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", NEXT)
    before = counted()

    def impossible(rule: object, *args: object, **kwargs: object) -> clock.Due:
        raise clock.Impossible("disabled", limit=rulebook().limit("filing_review_general"))

    monkeypatch.setattr(clocks.clock, "derive", impossible)
    with pytest.raises(Refused) as refused:
        registered(at("2026-11-04 09:00"), "A9901025100002026119999")

    assert all(reason.sources for reason in refused.value.reasons)
    assert counted() == before
    assert Case.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "when"), [("hand_receipt", NEXT), ("no_such_step", NEXT)])
def test_a_closed_proceeding_and_an_unknown_step_are_refused(step: str, when: datetime) -> None:
    case = registered(MORNING)
    agreed("fang.shuning", "han.kefei", run(case, "filing_review"), "decide_file", NEXT)
    before = counted()

    with pytest.raises(Refused) as refused:
        do("shen.yanqiu", run(case, "filing_review"), step, when)

    assert refused.value.reasons
    assert counted() == before
