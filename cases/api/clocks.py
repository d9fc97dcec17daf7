"""Deadlines through the API: what the own organ owes and what is owed to it, each date with how it came about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import (
    LISTED,
    READ,
    NamedShape,
    OrganShape,
    PersonShape,
    Resource,
    cited,
    lang,
    named,
    role,
)
from cases.api.input import Instant, Strict, query
from cases.models import Deadline
from cases.parties import NAMED
from cases.queries import reading
from cases.status import Status, status, where
from coordination.paging import ByKey

NEAR = ("responsible", "counterparty", "owner")
STATES = ("open", "overdue", "due_soon", "suspended", "stopped", "any")


class ByEnd(ByKey):
    """What runs out first comes first."""

    ordering = ("due_at", "id")  # type: ignore[assignment]


class DeadlineAsked(Strict):
    """What a list of deadlines may be narrowed by."""

    side = serializers.ChoiceField(
        required=False, choices=("owe", "owed"), help_text="What the own organs owe, or what others owe them."
    )
    mine = serializers.BooleanField(
        required=False,
        help_text="With `owe`: only those of mine, of a role of mine and nobody's in person, or of a desk of mine.",
    )
    state = serializers.ChoiceField(required=False, choices=STATES, default="open")
    limit = serializers.CharField(required=False, max_length=80)
    case = serializers.UUIDField(required=False)
    proceeding = serializers.UUIDField(required=False)
    area = serializers.CharField(required=False, max_length=20)


class BecauseShape(serializers.Serializer[Any]):
    """One line of how a date came about; `code` and `rule` are stable, `text` is in the language asked for."""

    code = serializers.CharField()
    rule = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()


class DeadlineShape(serializers.ModelSerializer[Deadline]):
    """A clock.

    `due_at` is the end of the period (24:00 is the next midnight), `due_on` its last day where it ends with one,
    `fires_at` the first instant at which it is overdue.
    """

    limit = serializers.SerializerMethodField()
    sources = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()
    responsible = OrganShape()
    responsible_role = serializers.SerializerMethodField()
    counterparty = OrganShape(allow_null=True)
    owner = PersonShape(allow_null=True)
    started_at = Instant()
    due_at = Instant()
    outer_at = Instant(allow_null=True)
    fires_at = Instant()
    suspended_at = Instant(allow_null=True)
    stopped_at = Instant(allow_null=True)
    because = serializers.SerializerMethodField()

    class Meta:
        model = Deadline
        fields = (
            "id", "limit", "edition", "sources", "case", "suspect", "proceeding", "area", "status", "started_at",
            "due_at", "due_on", "outer_at", "plan_on", "fires_at", "is_provisional", "in_custody", "suspended_at",
            "stopped_at", "local_rule", "responsible", "responsible_role", "owner", "counterparty", "because",
        )  # fmt: skip

    @extend_schema_field(NamedShape())
    def get_limit(self, row: Deadline) -> dict[str, str]:
        """The limit with its titles."""
        return named(row.limit, row.rule)

    def get_sources(self, row: Deadline) -> list[str]:
        """The articles of the limit."""
        return cited(row.rule.sources)

    @extend_schema_field(serializers.ChoiceField(choices=[one.value for one in Status]))
    def get_status(self, row: Deadline) -> str:
        """How it stands at the instant of the request."""
        return status(row, self.context["now"]).value

    @extend_schema_field(NamedShape())
    def get_responsible_role(self, row: Deadline) -> dict[str, str]:
        """The role that answers for it."""
        return role(row.responsible_role)

    @extend_schema_field(BecauseShape(many=True))
    def get_because(self, row: Deadline) -> list[dict[str, str]]:
        """How the date came about, line by line."""
        return [
            {"code": one.code, "rule": one.rule, "source": one.source, "text": one.text(lang())}
            for one in reading.because(row)
        ]


class Deadlines(Resource):
    """The deadlines a person may see."""

    pagination_class = ByEnd

    @extend_schema(
        operation_id="deadline_list", tags=["deadlines"], parameters=[DeadlineAsked], request=None,
        responses={200: DeadlineShape(many=True), **LISTED},
        description="The deadlines of the proceedings the person may see, what runs out first on top.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(DeadlineAsked, request)
        self.reads(asked)
        rows = self.visible(Deadline).select_related(*NEAR)
        plain = {name: asked[name] for name in ("limit", "case", "proceeding", "area") if name in asked}
        return self.page(
            _standing(_of_side(rows.filter(**plain), asked, self), asked["state"], self), DeadlineShape
        )


class OneDeadline(Resource):
    """One deadline."""

    @extend_schema(
        operation_id="deadline_read", tags=["deadlines"], responses={200: DeadlineShape, **READ},
        description="One deadline, and why it ends when it does. For whoever sees its proceeding.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Read."""
        return self.one(self.visible(Deadline).select_related(*NEAR), pk, DeadlineShape)


def _of_side(rows: QuerySet[Deadline], asked: dict[str, Any], view: Resource) -> QuerySet[Deadline]:
    organs = view.who.organs
    if asked.get("side") == "owed":
        return rows.filter(counterparty__in=organs).exclude(responsible__in=organs)
    if asked.get("side") == "owe":
        rows = rows.filter(responsible__in=organs)
    if asked.get("mine"):
        desks = {(held, organ) for held, organ in view.who.roles_at if held not in NAMED}
        nobodys = reading.of_desks(view.who.roles_at) & Q(owner__isnull=True)
        rows = rows.filter(Q(owner=view.user) | nobodys | reading.of_desks(desks))
    return rows


def _standing(rows: QuerySet[Deadline], state: str, view: Resource) -> QuerySet[Deadline]:
    if state == "any":
        return rows
    if state in ("open", "stopped"):
        return rows.filter(stopped_at__isnull=state == "open")
    return rows.filter(where(Status(state), view.now))
