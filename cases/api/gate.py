"""What stands before every address of the API: whose token it is, and JSON that a record can hold.

Named by settings.REST_FRAMEWORK and read while the framework itself is loading: nothing here imports a view.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Any, NoReturn

from django.utils import timezone
from django.utils.translation import gettext
from rest_framework import status
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed, ParseError
from rest_framework.parsers import BaseParser

LIVES = timedelta(days=30)
"""How long a token lives, by the machine's clock."""
MOST_BYTES = 1024 * 1024
LONGEST = 20_000
"""The most characters of one text."""
DEEPEST = 8


class TooLarge(APIException):
    """The request is larger than any record of this product is."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class Expiring(TokenAuthentication):
    """A token in the header `Authorization: Token …`; one that is too old is refused."""

    def authenticate_credentials(self, key: str) -> tuple[Any, Any]:
        """Return the person and the token."""
        user, token = super().authenticate_credentials(key)
        if token.created + LIVES <= timezone.now():
            raise AuthenticationFailed(gettext("The token has expired; obtain a new one."))
        return user, token


class Json(BaseParser):
    """Reads one JSON value of at most one mebibyte, without characters that no record can keep."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the value; ParseError for what is no JSON, TooLarge for what is too much."""
        body: bytes = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge(gettext("The request is larger than %(bytes)s bytes.") % {"bytes": MOST_BYTES})
        try:
            value = json.loads(body.decode("utf-8"), parse_constant=_no_number)
        except (ValueError, RecursionError) as fault:
            raise ParseError(gettext("This is not JSON: %(why)s") % {"why": str(fault)[:200]}) from None
        _check(value, depth=0)
        return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _check(value: Any, *, depth: int) -> None:
    if depth > DEEPEST:
        raise ParseError(gettext("The value is nested too deeply."))
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise ParseError(gettext("A number is too large."))
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth=depth + 1)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check_text(name)
            _check(inner, depth=depth + 1)


def _check_text(text: str) -> None:
    if len(text) > LONGEST:
        raise ParseError(gettext("A text is longer than %(most)s characters.") % {"most": LONGEST})
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ParseError(gettext("A text holds a character that cannot be kept."))
