"""Faults that no view answered, named by the project's urls: below `api/` in the one shape, elsewhere as pages."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views import csrf, defaults

from cases.api.errors import FAILED, problem

HERE = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request cannot be read, or is larger than any may be."""
    if not _is_api(request):
        return defaults.bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):
        return _told(413, gettext("The request is too large."))
    return _told(400, gettext("The request cannot be read."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not allowed, whoever asks."""
    if not _is_api(request):
        return defaults.permission_denied(request, exception)
    return _told(403, gettext("This is not allowed."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token."""
    if not _is_api(request):
        return csrf.csrf_failure(request, reason=reason)
    return _told(403, gettext("The CSRF token is missing or wrong."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not for this person."""
    if not _is_api(request):
        return defaults.page_not_found(request, exception)
    return _told(404, gettext("Not found."))


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of the program; it is in the log, and nothing of it is told."""
    if not _is_api(request):
        return defaults.server_error(request)
    return _told(500, gettext("The program failed; nothing was changed. It is in the log."), kind=FAILED)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith(HERE)


def _told(status: int, text: str, *, kind: str = "") -> JsonResponse:
    return JsonResponse(problem(status, text, [], kind=kind), status=status)
