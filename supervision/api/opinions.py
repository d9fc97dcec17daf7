"""Supervision opinions through the API: which there are and where they stand, and drafting a correction notice.

Approving, serving, urging and reporting are steps of the opinion's proceeding.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import LISTED, READ, NamedShape, OrganShape, PersonShape, Resource, named, problems
from cases.api.gate import LONGEST
from cases.api.input import Day, Instant, Nothing, Strict, body, query
from cases.api.matters import NEAR
from cases.api.steps import TAKEN, answer
from cases.models import Proceeding
from coordination.law.catalogue import catalogue
from supervision import opinions
from supervision.models import Opinion
from supervision.opinions import Notice
from supervision.pages import notice as notice_page

WITH = ("proceeding", "unit", "drafted_by")


class OpinionShape(serializers.ModelSerializer[Opinion]):
    """One instrument that carries findings; where it stands is the state of its proceeding."""

    kind = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    unit = OrganShape(allow_null=True)
    drafted_at = Instant()
    drafted_by = PersonShape(allow_null=True)

    class Meta:
        model = Opinion
        fields = ("id", "kind", "proceeding", "state", "case", "unit", "findings", "drafted_at", "drafted_by")

    @extend_schema_field(NamedShape())
    def get_kind(self, row: Opinion) -> dict[str, str]:
        """The kind of instrument with its titles."""
        return named(row.kind, catalogue().document(row.kind))

    @extend_schema_field(NamedShape())
    def get_state(self, row: Opinion) -> dict[str, str]:
        """Where its proceeding stands."""
        return named(row.proceeding.state, row.proceeding.declared_state)


class OpinionAsked(Strict):
    """What a list of opinions may be narrowed by."""

    case = serializers.UUIDField(required=False)
    unit = serializers.UUIDField(required=False)
    open = serializers.BooleanField(required=False)


class NoticeShape(serializers.Serializer[Any]):
    """What a correction notice says."""

    version = serializers.IntegerField(help_text="Of the proceeding; sent back with the draft.")
    findings = serializers.ListField(child=serializers.CharField(), help_text="Codes of confirmed findings.")
    facts = serializers.CharField(allow_blank=True)
    law = serializers.ListField(child=serializers.CharField(), help_text="Articles, such as `CPL 118`.")
    demand = serializers.CharField(allow_blank=True)
    reply_due_on = serializers.DateField(allow_null=True)


class NoticeGiven(Strict):
    """A notice to be submitted; what the law asks of it is checked at the door."""

    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    findings = serializers.ListField(child=serializers.CharField(max_length=20), max_length=50)
    facts = serializers.CharField(allow_blank=True, max_length=LONGEST)
    law = serializers.ListField(child=serializers.CharField(max_length=200), max_length=50)
    demand = serializers.CharField(allow_blank=True, max_length=LONGEST)
    reply_due_on = Day(required=False, allow_null=True, default=None)


class Opinions(Resource):
    """The opinions a person may see."""

    @extend_schema(
        operation_id="opinion_list", tags=["supervision"], parameters=[OpinionAsked], request=None,
        responses={200: OpinionShape(many=True), **LISTED},
        description="The supervision opinions the person may see, newest first: the procuratorate's own, the addressed "
        "organ's once they are served, a superior's once they are reported.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(OpinionAsked, request)
        self.reads(asked)
        is_open = asked.pop("open", None)
        rows = self.visible(Opinion).filter(**asked)
        if is_open is not None:
            rows = rows.filter(proceeding__closed_at__isnull=is_open)
        return self.page(rows.select_related(*WITH).prefetch_related("findings"), OpinionShape)


class OneOpinion(Resource):
    """One opinion."""

    @extend_schema(
        operation_id="opinion_read", tags=["supervision"], responses={200: OpinionShape, **READ},
        description="One supervision opinion. For whoever sees its proceeding.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Read."""
        return self.one(self.visible(Opinion).select_related(*WITH), pk, OpinionShape)


class NoticeDraft(Resource):
    """Writing a correction notice."""

    @extend_schema(
        operation_id="notice_draft_read", tags=["supervision"], responses={200: NoticeShape, **READ, **problems(403)},
        description="What the notice says so far: the draft that was returned, or what its lead left. For the "
        "prosecutor in charge.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Read."""
        query(Nothing, request, paged=False)
        row = self._notice(pk)
        opinions.require_drafter(self.user, row, at=self.now)
        said = notice_page.submitted(row)
        return Response(
            {
                "version": row.version, "findings": list(said.codes), "facts": said.facts, "law": list(said.law),
                "demand": said.demand, "reply_due_on": said.reply_due_on,
            }
        )  # fmt: skip

    @extend_schema(
        operation_id="notice_draft", tags=["supervision"], request=NoticeGiven, responses=TAKEN,
        description="Draft the notice and submit it; the chief procurator decides, never its drafter. A reply date is "
        "required (RULES 553). For the prosecutor in charge.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request, pk: UUID) -> Response:
        """Draft."""
        row = self._notice(pk)
        asked = body(NoticeGiven, request)
        notice = Notice(
            tuple(asked["findings"]),
            asked["facts"],
            tuple(asked["law"]),
            asked["demand"],
            asked["reply_due_on"],
        )
        return answer(opinions.draft(self.user, row, notice, at=self.now, seen_version=asked["version"]))

    def _notice(self, pk: UUID) -> Proceeding:
        row = self.find(self.visible(Proceeding).select_related(*NEAR), pk)
        if row.process != opinions.NOTICE:
            raise NotFound
        return row
