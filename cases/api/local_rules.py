"""Local rules through the API, read only: what each Office set, by which document, since when, and who agreed."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import LISTED, OrganShape, PersonShape, Resource, allowed
from cases.api.input import Instant, Strict, query
from coordination import policy
from coordination.errors import Refused
from coordination.law.history import Reason
from coordination.models import LocalRule, LocalRuleDecision

STATES = ("proposed", "agreed", "declined")


class LocalRulesAsked(Strict):
    """What a list of local rules may be narrowed by."""

    name = serializers.CharField(required=False, max_length=80, help_text="The limit or list.")
    jurisdiction = serializers.CharField(required=False, max_length=6)
    state = serializers.ChoiceField(required=False, choices=STATES)


class LocalRuleShape(serializers.ModelSerializer[LocalRule]):
    """A local rule; an empty `duration` of a limit means that its own length applies again."""

    office = OrganShape()
    state = serializers.SerializerMethodField()
    proposed_by = PersonShape()
    proposed_at = Instant()
    decided_by = PersonShape(source="decision.decided_by", allow_null=True, default=None)
    decided_at = Instant(source="decision.decided_at", allow_null=True, default=None)
    comment = serializers.CharField(source="decision.comment", default="")

    class Meta:
        model = LocalRule
        fields = (
            "id", "office", "jurisdiction", "subject", "name", "duration", "items", "document_title",
            "document_number", "takes_effect_on", "state", "proposed_by", "proposed_at", "decided_by", "decided_at",
            "comment",
        )  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, row: LocalRule) -> str:
        """What the other side said."""
        decision: LocalRuleDecision | None = getattr(row, "decision", None)
        return decision.outcome if decision else "proposed"


class LocalRules(Resource):
    """The local rules of all Offices."""

    @extend_schema(
        operation_id="local_rule_list", tags=["law"], parameters=[LocalRulesAsked], request=None,
        responses={200: LocalRuleShape(many=True), **LISTED},
        description=f"Local rules of the Offices, the latest first. {allowed('rulebook.read')}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(LocalRulesAsked, request)
        if not policy.may(self.who, "rulebook.read"):
            raise Refused(Reason("role", "this is not for the roles you hold", "您的角色不能查阅"))
        rows = LocalRule.objects.select_related("office", "proposed_by", "decision__decided_by")
        rows = rows.filter(**{name: asked[name] for name in ("name", "jurisdiction") if name in asked})
        if asked.get("state") == "proposed":
            rows = rows.filter(decision__isnull=True)
        elif "state" in asked:
            rows = rows.filter(decision__outcome=asked["state"])
        return self.page(rows, LocalRuleShape)
