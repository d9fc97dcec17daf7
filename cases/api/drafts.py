"""Steps prepared and waiting for a person, through the API: what waits for me, approving, giving back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases import steps
from cases.api.base import LISTED, READ, WRITTEN, Resource
from cases.api.gate import LONGEST
from cases.api.input import Nothing, Strict, body, query
from cases.api.steps import DraftShape, TakenShape, answer
from cases.models import Draft
from cases.queries import reading

NEAR = ("proceeding", "organisation", "prepared_by", "settled_by")


class DraftAsked(Strict):
    """What the list may be narrowed by."""

    case = serializers.UUIDField(required=False)
    proceeding = serializers.UUIDField(required=False)
    awaiting = serializers.ChoiceField(required=False, choices=Draft.Awaiting.choices)
    whole_organ = serializers.BooleanField(
        required=False, help_text="For anyone of the own organs, not only for me."
    )


class CommentShape(Strict):
    """Why a draft goes back."""

    comment = serializers.CharField(max_length=LONGEST)


class Drafts(Resource):
    """What waits for the person."""

    @extend_schema(
        operation_id="draft_list", tags=["drafts"], parameters=[DraftAsked], request=None,
        responses={200: DraftShape(many=True), **LISTED},
        description="The drafts that wait for the person: to approve, or to take what was laid ready. Never an own one "
        "to approve.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(DraftAsked, request)
        rows = reading.drafts(self.user, self.who, now=self.now, whole_organ=asked.get("whole_organ", False))
        plain = {"case": "proceeding__case", "proceeding": "proceeding", "awaiting": "awaiting"}
        rows = rows.filter(**{column: asked[name] for name, column in plain.items() if name in asked})
        return self.page(rows.select_related(*NEAR), DraftShape)


class OneDraft(Resource):
    """One draft."""

    @extend_schema(
        operation_id="draft_read", tags=["drafts"], responses={200: DraftShape, **READ},
        description="One draft, settled ones too. For whoever sees its proceeding.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Read."""
        return self.one(self.visible(Draft).select_related(*NEAR), pk, DraftShape)


class Approval(Resource):
    """Approving a draft."""

    @extend_schema(
        operation_id="draft_approve", tags=["drafts"], request=None, responses={201: TakenShape, **WRITTEN},
        description="Approve what was submitted: the step takes effect now. For the role it waits for, never for its "
        "drafter.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request, pk: UUID) -> Response:
        """Approve."""
        body(Nothing, request)
        taken = steps.approve(self.user, self.find(self.visible(Draft), pk), at=self.now)
        return answer(taken)


class Return(Resource):
    """Giving a draft back."""

    @extend_schema(
        operation_id="draft_return", tags=["drafts"], request=CommentShape, responses={200: DraftShape, **WRITTEN},
        description="Give what was submitted back to its author, with a comment. For the role it waits for, never for "
        "its drafter.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request, pk: UUID) -> Response:
        """Give back."""
        asked = body(CommentShape, request)
        draft = self.find(self.visible(Draft), pk)
        return Response(
            DraftShape(steps.give_back(self.user, draft, comment=asked["comment"], at=self.now)).data
        )
