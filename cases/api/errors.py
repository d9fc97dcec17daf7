"""How the API answers what goes wrong: one shape for every refusal, in JSON, never a page and never half an answer.

404 what is not there or not for this person; 403 where only the role stands against it; 422 what the rules refuse, with
every reason; 409 someone was faster, with both versions; 400 a malformed request. Named by settings.REST_FRAMEWORK.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from coordination.errors import Conflict, NotVisible, Refused, Version
from coordination.law.history import Reason
from coordination.reader import language

KINDS = {
    400: "malformed",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    422: "refused",
    429: "throttled",
    500: "damaged",
    503: "unavailable",
}
"""The word for each status; programs may look at either."""
FAILED = "failed"
"""The word for a fault of the program itself, a 500 beside that of a damaged file."""


class Unavailable(APIException):
    """A part of the machine does not answer; the same request may be sent again later."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "unavailable"


class SignInFailed(APIException):
    """No such login, a wrong password, or an account that is closed: which of them is not said."""

    status_code = status.HTTP_401_UNAUTHORIZED
    default_code = "unauthenticated"


class DamagedFile(APIException):
    """A stored file is not what was recorded."""

    status_code = status.HTTP_500_INTERNAL_SERVER_ERROR
    default_code = "damaged"


def answer(fault: Exception, context: Mapping[str, Any]) -> Response | None:
    """Return the answer to a fault of a view; None for a fault of the program, which goes on."""
    _answer_in_json(context)
    if isinstance(fault, Refused):
        return _problem(
            status_of(fault.reasons), _joined(fault.reasons), [shown(one) for one in fault.reasons]
        )
    if isinstance(fault, Conflict):
        text = gettext("Someone was faster: read the record again.")
        return _problem(409, text, [], seen=_version(fault.seen), found=_version(fault.found))
    if isinstance(fault, NotVisible):
        fault = NotFound()
    known = exception_handler(fault, dict(context))
    if known is None:
        return None
    reasons = list(_malformed(fault.detail, "")) if isinstance(fault, ValidationError) else []
    text = "; ".join(one["text"] for one in reasons) or str(known.data.get("detail", ""))
    told = _problem(known.status_code, text, reasons)
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in known.headers:
            told.headers[name] = known.headers[name]
    return told


def status_of(reasons: Sequence[Reason]) -> int:
    """403 where only the role stands against it, else 422."""
    return 403 if {reason.code for reason in reasons} == {"role"} else 422


def shown(reason: Reason) -> dict[str, Any]:
    """Return a reason as it is answered: in the language asked for and in both, with its articles and its field."""
    told: dict[str, Any] = {
        "code": reason.code,
        "text": reason.name(language()),
        "en": reason.en,
        "zh": reason.zh,
        "sources": [str(source) for source in reason.sources],
    }
    kind, _, field = reason.code.partition(":")
    return {**told, "field": field} if kind == "field" else told


def problem(code: int, text: str, reasons: list[dict[str, Any]], *, kind: str = "") -> dict[str, Any]:
    """Return the one shape of everything that goes wrong."""
    return {"status": code, "kind": kind or KINDS.get(code, "malformed"), "text": text, "reasons": reasons}


def _problem(code: int, text: str, reasons: list[dict[str, Any]], **beside: Any) -> Response:
    return Response({**problem(code, text, reasons), **beside}, status=code)


def _joined(reasons: Sequence[Reason]) -> str:
    lang = language()
    return ("；" if lang.startswith("zh") else "; ").join(reason.name(lang) for reason in reasons)


def _version(version: Version) -> dict[str, Any]:
    return {"number": version.number, "state": version.state, "step": version.step, "actor": version.actor}


def _malformed(detail: Any, path: str) -> Iterator[dict[str, Any]]:
    """Yield what is wrong with the shape, field by field; nested fields are written with dots."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = path if name == "non_field_errors" else f"{path}.{name}".lstrip(".")
            yield from _malformed(inner, here)
    elif isinstance(detail, (list, tuple)):
        for inner in detail:
            yield from _malformed(inner, path)
    else:
        named = {"code": f"field:{path}", "field": path} if path else {"code": "shape"}
        yield {**named, "text": str(detail), "sources": []}


def _answer_in_json(context: Mapping[str, Any]) -> None:
    """Whatever was asked for, such as a PDF: what goes wrong is told in JSON."""
    request = context.get("request")
    if request is not None:
        request.accepted_renderer = JSONRenderer()
        request.accepted_media_type = JSONRenderer.media_type
