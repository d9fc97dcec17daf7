"""Leads and findings through the API: a lead is opened from what was seen, on an entry of the log where there is one.

A finding is decided with the conclusion of its lead, a step of `proceedings/{lead}/steps/conclude/`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from cases import repeating
from cases.api.base import (
    LISTED,
    READ,
    WRITTEN,
    NamedShape,
    OrganShape,
    PersonShape,
    Resource,
    allowed,
    cited,
    named,
)
from cases.api.input import Instant, Strict, body, query
from cases.api.matters import NEAR, ProceedingShape
from cases.models import Activity, Case, Proceeding
from coordination.law.catalogue import catalogue
from coordination.law.processes import all_processes
from supervision import findings
from supervision.findings import Seen
from supervision.models import Finding

LEAD = "supervision_lead"
SOURCES = next(item for item in all_processes()[LEAD].step("register").facts if item.name == "source").options
FOUND = ("unit", "opened_by", "decided_by")


class FindingShape(serializers.ModelSerializer[Finding]):
    """A possible breach as it was seen; `decision` is empty until the lead is concluded."""

    code = serializers.SerializerMethodField()
    sources = serializers.SerializerMethodField()
    unit = OrganShape(allow_null=True)
    occurred_at = Instant(allow_null=True)
    opened_at = Instant()
    opened_by = PersonShape(allow_null=True)
    decided_at = Instant(allow_null=True)
    decided_by = PersonShape(allow_null=True)

    class Meta:
        model = Finding
        fields = (
            "id", "code", "sources", "lead", "case", "suspect", "activity", "unit", "evidence_pin", "occurred_at",
            "opened_at", "opened_by", "decision", "decided_at", "decided_by",
        )  # fmt: skip

    @extend_schema_field(NamedShape())
    def get_code(self, row: Finding) -> dict[str, str]:
        """The finding with its titles."""
        return named(row.code, catalogue().findings[row.code])

    def get_sources(self, row: Finding) -> list[str]:
        """The articles it would breach."""
        return cited(catalogue().findings[row.code].sources)


class LeadShape(ProceedingShape):
    """A lead: its proceeding, and what was seen."""

    findings = FindingShape(many=True)

    class Meta(ProceedingShape.Meta):
        fields = (*ProceedingShape.Meta.fields, "findings")  # type: ignore[assignment]


class LeadAsked(Strict):
    """What a list of leads may be narrowed by."""

    case = serializers.UUIDField(required=False)
    open = serializers.BooleanField(required=False)


class LeadGiven(Strict):
    """What was seen, and where: `pin` names the page, the record or the time."""

    case = serializers.UUIDField()
    activity = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The entry of the log it is seen in."
    )
    findings = serializers.ListField(
        child=serializers.CharField(max_length=20),
        min_length=1,
        max_length=50,
        help_text="Codes of the catalogue.",
    )
    pin = serializers.CharField(max_length=300)
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=list(SOURCES), required=False, default="case_review"
    )


class FindingAsked(Strict):
    """What a list of findings may be narrowed by."""

    case = serializers.UUIDField(required=False)
    lead = serializers.UUIDField(required=False)
    activity = serializers.UUIDField(required=False)
    unit = serializers.UUIDField(required=False)
    code = serializers.ChoiceField(required=False, choices=sorted(catalogue().findings))
    decision = serializers.ChoiceField(required=False, choices=("undecided", "confirmed", "dismissed"))


class Leads(Resource):
    """The supervision leads a person may see, and opening one."""

    @extend_schema(
        operation_id="lead_list", tags=["supervision"], parameters=[LeadAsked], request=None,
        responses={200: LeadShape(many=True), **LISTED},
        description="The supervision leads the person may see, newest first, each with its findings.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(LeadAsked, request)
        self.reads(asked)
        rows = self.visible(Proceeding).filter(process=LEAD)
        if "case" in asked:
            rows = rows.filter(case=asked["case"])
        if "open" in asked:
            rows = rows.filter(closed_at__isnull=asked["open"])
        return self.page(self._near(rows), LeadShape)

    @extend_schema(
        operation_id="lead_open", tags=["supervision"], request=LeadGiven,
        responses={
            201: LeadShape, 200: OpenApiResponse(LeadShape, description="The same lead was opened."), **WRITTEN
        },
        description="Open a supervision lead from what was seen, tied to the entry of the log where one is named. Its "
        f"findings are decided with its conclusion. {allowed('lead.open')}",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Open."""
        asked = body(LeadGiven, request)
        case = self.case(asked["case"])
        activity = None
        if asked["activity"] is not None:
            entries = self.visible(Activity).filter(case=case)
            activity = self.find(entries.select_related("case", "suspect", "unit__parent"), asked["activity"])
        seen = Seen(tuple(asked["findings"]), asked["pin"], asked["source"])
        known = self._same(case, seen, activity)
        lead = known or findings.open_lead(self.user, case, seen, activity=activity, at=self.now)
        row = self.find(self._near(self.visible(Proceeding)), lead.pk)
        return Response(LeadShape(row).data, status=status.HTTP_200_OK if known else status.HTTP_201_CREATED)

    def _near(self, rows: Any) -> Any:
        found = self.visible(Finding).select_related(*FOUND).order_by("code")
        return rows.select_related(*NEAR).prefetch_related(Prefetch("findings", found))

    def _same(self, case: Case, seen: Seen, activity: Activity | None) -> Proceeding | None:
        """The lead that the person opened with exactly this before: a request may be sent twice."""
        facts = findings.facts(case, seen, activity)
        known = repeating.begun(case, LEAD, "register", actor=self.user, facts=facts, since=case.recorded_at)
        tied = known is not None and Finding.objects.filter(lead=known, activity=activity).exists()
        return known if tied else None


class Findings(Resource):
    """The findings a person may see."""

    @extend_schema(
        operation_id="finding_list", tags=["supervision"], parameters=[FindingAsked], request=None,
        responses={200: FindingShape(many=True), **LISTED},
        description="The findings of the leads the person may see, newest first. They are decided with the conclusion "
        "of their lead, see `processes/supervision_lead/`.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(FindingAsked, request)
        self.reads(asked)
        decision = asked.pop("decision", None)
        rows = self.visible(Finding).filter(**asked)
        if decision is not None:
            rows = rows.filter(decision="" if decision == "undecided" else decision)
        return self.page(rows.select_related(*FOUND), FindingShape)


class OneFinding(Resource):
    """One finding."""

    @extend_schema(
        operation_id="finding_read", tags=["supervision"], responses={200: FindingShape, **READ},
        description="One finding. For whoever sees its lead.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Read."""
        return self.one(self.visible(Finding).select_related(*FOUND), pk, FindingShape)
