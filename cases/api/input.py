"""What comes in through the API: fields that say what they cannot read, and no field that nobody knows.

Only the shape is looked at here; what the law says of the values is asked at the door.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from coordination.law.zone import ZONE

EARLIEST, LATEST = datetime(1900, 1, 2, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)
"""Outside of these no instant or day of a record can lie."""


class Strict(serializers.Serializer[Any]):
    """A shape that names every field it does not know, instead of passing over it in silence."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the values read; ValidationError names everything that is wrong with the shape."""
        unknown: dict[str, Any] = {}
        if isinstance(data, Mapping):
            unknown = {
                str(name)[:80]: [gettext("There is no such field.")]
                for name in data
                if name not in self.fields
            }
        try:
            values = super().to_internal_value(data)
        except ValidationError as fault:
            detail = fault.detail if isinstance(fault.detail, dict) else {"non_field_errors": fault.detail}
            raise ValidationError({**detail, **unknown}) from None
        if unknown:
            raise ValidationError(unknown)
        return values


class Nothing(Strict):
    """Nothing is asked for."""


class Instant(serializers.DateTimeField):
    """An instant with its offset from UTC; one without is refused, not guessed."""

    default_error_messages = {
        "naive": _("This instant needs its offset, such as +08:00."),
        "bounds": _("This cannot be right: a year from 1900 to 2199 is meant."),
    }

    def enforce_timezone(self, value: datetime) -> datetime:
        """Refuse an instant without offset, and one that no record can hold."""
        if value.utcoffset() is None:
            self.fail("naive")
        if not EARLIEST <= value < LATEST:
            self.fail("bounds")
        return value.astimezone(ZONE)

    def to_representation(self, value: datetime) -> str:
        """Write an instant in Beijing time, with its offset."""
        return value.astimezone(ZONE).isoformat()


class Day(serializers.DateField):
    """A calendar day in Shanghai."""

    default_error_messages = {"bounds": Instant.default_error_messages["bounds"]}

    def to_internal_value(self, value: Any) -> date:
        """Read a day; one that no record can hold is refused."""
        day: date = super().to_internal_value(value)
        if not EARLIEST.date() <= day < LATEST.date():
            self.fail("bounds")
        return day


@extend_schema_field({"type": "object", "additionalProperties": {}})
class Facts(serializers.Field[dict[str, Any], Any, dict[str, Any], Any]):
    """Facts by the names of their fields; each is read at the door in the type that the procedure declares."""

    default_error_messages = {"shape": _("An object is meant: facts by their names.")}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return the object as it came."""
        if not isinstance(data, dict):
            self.fail("shape")
        return data

    def to_representation(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return the facts as they are kept."""
        return value


def body(shape: type[Strict], request: Request) -> dict[str, Any]:
    """Read the body of a request; ValidationError (400) names everything that is wrong with its shape."""
    asked = shape(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def query(shape: type[Strict], request: Request, *, paged: bool = True) -> dict[str, Any]:
    """Read what the address asks for; an unknown name or one given twice is refused, not passed over."""
    params = request.query_params
    pages = {"cursor", "page_size"} if paged else set()
    twice = {name: [gettext("Given twice.")] for name, values in params.lists() if len(values) > 1}
    if twice:
        raise ValidationError(twice)
    given = {name: value for name, value in params.dict().items() if name not in pages}
    asked = shape(data=given)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)
