"""Cases and the people in them through the API: list, register, read, name a suspect.

The same verbs and the same policy as the screens. The other resources have files of their own beside this one.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases import registration
from cases.api.base import LISTED, READ, WRITTEN, Resource, allowed
from cases.api.input import Nothing, body, query
from cases.api.shapes import CaseAsked, CaseShape, IdentityShape, ReportShape, SuspectGiven, SuspectShape
from cases.models import Case, Proceeding, Suspect
from cases.registration import Person, Report
from coordination import audit, policy
from coordination.errors import Refused
from coordination.law.history import Reason
from coordination.models import Organisation

NEAR = ("police", "unit", "procuratorate", "investigator", "prosecutor")


class Cases(Resource):
    """The cases a person may see, and the registering of a report."""

    @extend_schema(
        operation_id="case_list", tags=["cases"], parameters=[CaseAsked], request=None,
        responses={200: CaseShape(many=True), **LISTED},
        description=f"The cases the person may see, newest first. {allowed('case.read')}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        rows = _narrowed(self.visible(Case), query(CaseAsked, request), self)
        found = self.paginate_queryset(rows.select_related(*NEAR)) or []
        shown = CaseShape(found, many=True, context=_around(self, found))
        return self.get_paginated_response(shown.data)

    @extend_schema(
        operation_id="case_register", tags=["cases"], request=ReportShape, responses={201: CaseShape, **WRITTEN},
        description="Register a report: the case begins, its filing review runs (MPS 171). "
        f"{allowed('case.register')} Only for a unit of the own organ.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Register a report."""
        asked = body(ReportShape, request)
        report = Report(**{**asked, "unit": _unit(asked["unit"])})
        case = registration.register_report(self.user, report, at=self.now)
        return Response(_case(self, case.pk), status=status.HTTP_201_CREATED)


class OneCase(Resource):
    """One case."""

    @extend_schema(
        operation_id="case_read", tags=["cases"], responses={200: CaseShape, **READ},
        description=f"One case. {allowed('case.read')}",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Read."""
        query(Nothing, request, paged=False)
        return Response(_case(self, pk))


class Suspects(Resource):
    """The suspects of a case."""

    @extend_schema(
        operation_id="suspect_list", tags=["cases"], request=None, responses={200: SuspectShape(many=True), **LISTED},
        description=f"The suspects of a case. {allowed('case.read')}",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """List."""
        query(Nothing, request)
        case = self.find(self.visible(Case), pk)
        found = (
            self.paginate_queryset(self.visible(Suspect).filter(case=case).select_related("held_at")) or []
        )
        shown = SuspectShape(found, many=True, context=_measures(self, found))
        return self.get_paginated_response(shown.data)

    @extend_schema(
        operation_id="suspect_add", tags=["cases"], request=SuspectGiven,
        responses={
            201: SuspectShape, 200: OpenApiResponse(SuspectShape, description="The same person was named."), **WRITTEN
        },
        description="Name a suspect; the record of the person's measures begins with it. The very same particulars "
        "sent twice name one person. "
        f"{allowed('suspect.add')} Only of the police of the case.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request, pk: UUID) -> Response:
        """Name a suspect."""
        case = self.find(self.visible(Case), pk)
        person = Person(**body(SuspectGiven, request))
        known = registration.same_person(case, person)
        suspect = registration.add_suspect(self.user, case, person, at=self.now)
        row = self.find(self.visible(Suspect).select_related("held_at"), suspect.pk)
        return Response(
            SuspectShape(row, context=_measures(self, [row])).data,
            status=status.HTTP_200_OK if known else status.HTTP_201_CREATED,
        )


class Identity(Resource):
    """The identity number of a suspect."""

    @extend_schema(
        operation_id="suspect_identity", tags=["cases"], request=None, responses={200: IdentityShape, **WRITTEN},
        description="Open the identity number of a suspect; who opened it is recorded. "
        f"{allowed('suspect.read_identity')} Only of the organs of the case.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request, pk: UUID) -> Response:
        """Open the number."""
        body(Nothing, request)
        suspect = self.find(self.visible(Suspect).select_related("case"), pk)
        organs = self.who.organs & {suspect.case.police_id, suspect.case.procuratorate_id}
        if not policy.may(self.who, "suspect.read_identity") or not organs:
            raise Refused(Reason("role", "reserved to the organs of the case", "只能由本案的机关查看"))
        audit.record(
            self.user, "suspect.identity_opened", at=self.now,
            subject=audit.Subject("suspect", suspect.pk, suspect.case_id, suspect.case.jurisdiction),
            organisation=self.who.held[0].at.organ,
        )  # fmt: skip
        return Response({"identity_number": suspect.identity_number})


def _narrowed(rows: QuerySet[Case], asked: dict[str, Any], view: Resource) -> QuerySet[Case]:
    plain = {"number": "number", "kind": "kind", "police": "police", "received_from": "received_at__gte",
             "received_until": "received_at__lt"}  # fmt: skip
    rows = rows.filter(**{column: asked[name] for name, column in plain.items() if name in asked})
    if "text" in asked:
        rows = rows.filter(Q(number__icontains=asked["text"]) | Q(title__icontains=asked["text"]))
    if "stage" in asked:
        whole = Proceeding.objects.filter(case=OuterRef("pk"), process="case", state=asked["stage"])
        rows = rows.filter(Exists(whole.order_by()))
    if asked.get("mine"):
        rows = rows.filter(Q(investigator=view.user) | Q(prosecutor=view.user))
    return rows


def _case(view: Resource, pk: UUID) -> Any:
    row = view.find(view.visible(Case).select_related(*NEAR), pk)
    return CaseShape(row, context=_around(view, [row])).data


def _around(view: Resource, found: list[Case]) -> dict[str, Any]:
    """Where the cases of a page stand, and which of them are open beyond their header: two queries."""
    keys = [case.pk for case in found]
    stages = Proceeding.objects.filter(case__in=keys, process="case").order_by("opened_at")
    whole = policy.visible(view.user, Case, now=view.now, who=view.who, full=True).filter(pk__in=keys)
    return {
        "stages": dict(stages.values_list("case_id", "state")),
        "whole": set(whole.values_list("pk", flat=True)),
    }


def _measures(view: Resource, found: list[Suspect]) -> dict[str, Any]:
    rows = view.visible(Proceeding).filter(suspect__in=[row.pk for row in found], process="custody")
    return {"measures": dict(rows.order_by("opened_at").values_list("suspect_id", "state"))}


def _unit(pk: UUID) -> Organisation:
    unit = Organisation.objects.select_related("parent").filter(pk=pk).first()
    if unit is None:
        raise ValidationError({"unit": [gettext("There is no such organ or unit.")]})
    return unit
