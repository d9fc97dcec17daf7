"""What becomes of a form that was sent: a verb takes it, or the form is shown again with everything against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpResponse

from cases.forms.base import LawForm
from cases.views import loading
from coordination.errors import Refused


def settle(
    form: LawForm, act: Callable[[], HttpResponse], *, renamed: Mapping[str, str] | None = None
) -> tuple[HttpResponse | None, int]:
    """Return the answer of `act`, which ends at a verb; or None, and the status with which the form is shown (again).

    `act` is called for a form that was sent and is complete in shape; its refusals stand in the form afterwards
    (`renamed` as in `LawForm.refuse`). A Conflict goes through: it has a page of its own.
    """
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        return act(), 200
    except Refused as refused:
        form.refuse(refused.reasons, renamed=renamed)
        return None, loading.status_of(refused.reasons)
