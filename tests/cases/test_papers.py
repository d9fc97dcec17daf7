"""Papers in the browser: seen by whom they were sent to, opened and receipted with times, checked by their code."""

from __future__ import annotations

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import reverse

from cases.models import Document
from coordination.models import AuditEntry
from supervision.demo import people
from tests.cases.doors import browser, said, sing
from tests.cases.logbook import detention, logged
from tests.cast import agreed, at, registered, run, suspect_of

pytestmark = pytest.mark.django_db
NOW = at("2026-11-03 16:30")


@pytest.fixture(autouse=True)
def _now() -> object:
    people.load(hashed="!")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def request_() -> Document:
    """The request for approval of arrest, sent to the procuratorate and not receipted."""
    case = registered(at("2026-11-02 09:00"))
    logged(detention(case, suspect_of(case, at("2026-11-03 15:00"))), at("2026-11-03 16:00"))
    agreed("fang.shuning", "han.kefei", run(case, "custody"), "request_arrest", at("2026-11-03 16:20"))
    return Document.objects.get(kind="DOC-ARREST-REQUEST")


def test_paper_shows_its_sheet_and_marks_to_both_organs(request_: Document) -> None:
    url = reverse("document", args=[request_.pk])
    page = sing(
        url, allowed="fang.shuning", strangers=["zhu.changhe", "xiahou.qi"],
        wrong_methods=["post", "put", "delete"],
    )  # fmt: skip

    for words in (request_.number, "田广顺", "Issued", "Sent", "Receipted", request_.content_sha256):
        assert words in said(page), words
    assert Document.objects.get(pk=request_.pk).opened_at is None


def test_first_opening_by_the_addressee_is_marked_and_every_opening_recorded(request_: Document) -> None:
    url = reverse("document", args=[request_.pk])
    for _ in range(2):
        page = browser("xu.qingzhi").get(url)

    assert Document.objects.get(pk=request_.pk).opened_at == NOW
    assert AuditEntry.objects.filter(action="document.opened", subject_id=request_.pk).count() == 2
    assert "Receipt" in said(page)
    review = run(request_.case, "arrest_review")
    assert reverse("step-take", args=[review.pk, "receive"]) in said(page)


def test_drafted_paper_is_nobodys_before_it_is_sent() -> None:
    case = registered(at("2026-11-02 09:00"))
    paper = Document.objects.get(case=case, kind="DOC-RECEPTION-REGISTER")

    assert browser("shen.yanqiu").get(reverse("document", args=[paper.pk])).status_code == 200
    assert browser("xiahou.qi").get(reverse("document", args=[paper.pk])).status_code == 404


def test_pdf_is_served_as_it_was_issued_and_its_reading_recorded(request_: Document) -> None:
    url = reverse("document-file", args=[request_.pk])
    answer = browser("gu.nanqiao").get(url)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    assert browser("gu.nanqiao").get(f"{url}?save=1")["Content-Disposition"].startswith("attachment")
    assert browser("zhu.changhe").get(url).status_code == 404
    assert browser("gu.nanqiao").post(url).status_code == 405
    assert browser().get(url).status_code == 302
    assert AuditEntry.objects.filter(action="document.read", subject_id=request_.pk).count() == 2


@pytest.mark.expects_error_logs
def test_damaged_file_is_not_shown(request_: Document) -> None:
    path = f"documents/{request_.file_sha256[:2]}/{request_.file_sha256}.pdf"
    default_storage.delete(path)

    answer = browser("gu.nanqiao").get(reverse("document-file", args=[request_.pk]))

    assert answer.status_code == 503
    assert "no longer the one that was issued" in said(answer)


def test_printed_code_confirms_number_issuer_and_date_only(request_: Document) -> None:
    url = reverse("document-check", args=[request_.content_sha256[:20]])
    page = browser("zhu.changhe").get(url)

    assert page.status_code == 200
    for words in (request_.number, "Qingzhi", "2026-11-03"):
        assert words in said(page), words
    for secret in ("田广顺", request_.case.number, str(request_.pk)):
        assert secret not in said(page), secret
    assert browser().get(url).status_code == 302
    assert browser("zhu.changhe").post(url).status_code == 405


@pytest.mark.parametrize("code", ["deadbeefdeadbeefdead", "abc", "zzzzzzzzzzzzzzzzzzzz", "0" * 64])
def test_unknown_or_short_code_confirms_nothing(request_: Document, code: str) -> None:
    answer = browser("gu.nanqiao").get(reverse("document-check", args=[code]))

    assert answer.status_code == 404
    assert "No issued paper has this code" in said(answer)
