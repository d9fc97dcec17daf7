"""The law through the API, read only: time limits, procedures, kinds of activity. The data is `coordination.law`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import NamedShape, Resource, allowed, cited, named, problems, role
from cases.api.declared import StepShape, step
from cases.api.input import Nothing, Strict, query
from coordination.law import local
from coordination.law.catalogue import catalogue
from coordination.law.kinds import ActivityKind, FieldSpec
from coordination.law.limit import Limit
from coordination.law.procedure import Process
from coordination.law.processes import all_processes
from coordination.law.roles import ROLES
from coordination.law.rulebook import rulebook

OPEN_TO = allowed("rulebook.read")


class LimitAsked(Strict):
    """What the rulebook may be narrowed by."""

    area = serializers.CharField(required=False, max_length=20)
    responsible = serializers.CharField(required=False, max_length=40)


class StageShape(serializers.Serializer[Any]):
    """A length a limit may have, and who may grant it."""

    id = serializers.CharField()
    en = serializers.CharField()
    zh = serializers.CharField()
    duration = serializers.CharField(allow_null=True, help_text="ISO 8601.")
    total_from_anchor = serializers.CharField(allow_null=True)
    approver = serializers.CharField(allow_null=True)
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]


class LimitShape(serializers.Serializer[Any]):
    """A time limit. `certainty` design or practice is a norm of this house, never law."""

    id = serializers.CharField()
    en = serializers.CharField()
    zh = serializers.CharField()
    sources = serializers.ListField(child=serializers.CharField())
    certainty = serializers.CharField()
    enabled = serializers.BooleanField(help_text="False: its source is not confirmed, it does not run.")
    local_rule_possible = serializers.BooleanField(help_text="An Office may set its length.")
    ceiling = serializers.CharField(
        allow_null=True, help_text="The statutory limit that a local rule for this one may never outlast."
    )
    area = serializers.CharField()
    responsible = serializers.CharField()
    counterparty = serializers.CharField(allow_null=True)
    duration = serializers.CharField(
        allow_null=True, help_text="ISO 8601; null where stages or another rule apply."
    )
    duration_rule = serializers.CharField(allow_null=True)
    counting = serializers.CharField()
    day_kind = serializers.CharField()
    direction = serializers.CharField()
    custodial = serializers.CharField()
    rollover = serializers.CharField()
    starts_on = serializers.ListField(child=serializers.CharField(), help_text="Events.")
    stops_on = serializers.ListField(child=serializers.CharField(), help_text="Events.")
    suspends_on = serializers.ListField(child=serializers.CharField(), help_text="Events.")
    resets_on = serializers.ListField(child=serializers.CharField(), help_text="Events.")
    stages = StageShape(many=True)


class StateShape(NamedShape):
    """A state; a record in an end state is closed."""

    kind = serializers.ChoiceField(choices=("start", "normal", "end"))


class DeclaredShape(StepShape):
    """A step with the states from which it leaves."""

    leaves = serializers.ListField(child=serializers.CharField())


class ProcessShape(NamedShape):
    """A procedure."""

    area = serializers.CharField()
    edition = serializers.CharField()
    subject = serializers.CharField()
    initiator = NamedShape()


class WholeProcessShape(ProcessShape):
    """A procedure with its states and steps."""

    states = StateShape(many=True)
    steps = DeclaredShape(many=True)


class FieldShape(serializers.Serializer[Any]):
    """A field of a kind of activity; `required` is true, false, auto, or the name of what it depends on."""

    name = serializers.CharField()
    en = serializers.CharField()
    zh = serializers.CharField()
    type = serializers.CharField()
    of = serializers.CharField(allow_blank=True)
    required = serializers.CharField()  # type: ignore[assignment]
    options = NamedShape(many=True)


class ActivityKindShape(NamedShape):
    """A kind of activity that is written down in the log."""

    group = serializers.CharField()
    has_span = serializers.BooleanField(help_text="The end is needed, too.")
    person_specific = serializers.BooleanField(help_text="Concerns one suspect.")
    fields = FieldShape(many=True)  # type: ignore[assignment]


class Limits(Resource):
    """The rulebook."""

    pagination_class = None

    @extend_schema(
        operation_id="limit_list", tags=["law"], parameters=[LimitAsked], request=None,
        responses={200: LimitShape(many=True), **problems(400, 401)},
        description=f"Every time limit of the rulebook. {OPEN_TO}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(LimitAsked, request, paged=False)
        rows = rulebook().limits.values()
        return Response(
            [_limit(row) for row in rows if all(getattr(row, name) == asked[name] for name in asked)]
        )


class OneLimit(Resource):
    """One limit."""

    @extend_schema(
        operation_id="limit_read", tags=["law"], responses={200: LimitShape, **problems(400, 401, 404)},
        description=f"One time limit. {OPEN_TO}",
    )  # fmt: skip
    def get(self, request: Request, limit: str) -> Response:
        """Read."""
        query(Nothing, request, paged=False)
        row = rulebook().limits.get(limit)
        if row is None:
            raise NotFound
        return Response(_limit(row))


class Processes(Resource):
    """The declared procedures."""

    pagination_class = None

    @extend_schema(
        operation_id="process_list", tags=["law"], request=None,
        responses={200: ProcessShape(many=True), **problems(400, 401)},
        description=f"Every declared procedure. {OPEN_TO}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        query(Nothing, request, paged=False)
        return Response([_process(row) for row in all_processes().values()])


class OneProcess(Resource):
    """One procedure."""

    @extend_schema(
        operation_id="process_read", tags=["law"], responses={200: WholeProcessShape, **problems(400, 401, 404)},
        description=f"One procedure with its states and steps: who takes which, from where to where. {OPEN_TO}",
    )  # fmt: skip
    def get(self, request: Request, process: str) -> Response:
        """Read."""
        query(Nothing, request, paged=False)
        row = all_processes().get(process)
        if row is None:
            raise NotFound
        states = [{**named(state.id, state), "kind": state.kind} for state in row.states]
        declared = [{**step(row, one), "leaves": list(one.from_)} for one in row.steps]
        return Response({**_process(row), "states": states, "steps": declared})


class ActivityKinds(Resource):
    """The kinds of activity."""

    pagination_class = None

    @extend_schema(
        operation_id="activity_kind_list", tags=["law"], request=None,
        responses={200: ActivityKindShape(many=True), **problems(400, 401)},
        description=f"Every kind of activity with the fields that an entry of it has. {OPEN_TO}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        query(Nothing, request, paged=False)
        return Response([_activity_kind(kind) for kind in catalogue().activities.values()])


def _limit(row: Limit) -> dict[str, Any]:
    same = ("certainty", "enabled", "area", "responsible", "counterparty", "duration", "duration_rule", "counting",
            "day_kind", "direction", "custodial", "rollover", "ceiling")  # fmt: skip
    return {
        **named(row.id, row),
        **{name: getattr(row, name) for name in same},
        "sources": cited(row.sources),
        "local_rule_possible": local.is_open(row),
        "starts_on": list(row.trigger),
        "stops_on": list(row.stops_on),
        "suspends_on": list(row.suspends_on),
        "resets_on": list(row.resets_on),
        "stages": [
            {
                **named(stage.id, stage), "duration": stage.duration, "total_from_anchor": stage.total_from_anchor,
                "approver": stage.approver, "source": str(stage.source) if stage.source else None,
            }
            for stage in row.stages
        ],
    }  # fmt: skip


def _process(row: Process) -> dict[str, Any]:
    starter = role(row.initiator) if row.initiator in ROLES else {"id": row.initiator, "en": "", "zh": ""}
    return {
        **named(row.id, row), "area": row.area, "edition": row.edition, "subject": row.subject, "initiator": starter,
    }  # fmt: skip


def _activity_kind(kind: ActivityKind) -> dict[str, Any]:
    return {
        **named(kind.code, kind), "group": kind.group, "has_span": kind.has_span,
        "person_specific": kind.person_specific, "fields": [_field(item) for item in kind.fields],
    }  # fmt: skip


def _field(item: FieldSpec) -> dict[str, Any]:
    required = str(item.required).lower() if isinstance(item.required, bool) else item.required
    return {
        "name": item.name, "en": item.en, "zh": item.zh, "type": item.type, "of": item.of, "required": required,
        "options": [named(option.code, option) for option in item.options],
    }  # fmt: skip
