"""Proceedings through the API: where each stands, what can be done next and why not, beginning one, taking a step.

The door is `cases.steps`; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases import listing, scope, steps
from cases.api.base import LISTED, READ, NamedShape, OrganShape, PersonShape, Resource, named
from cases.api.declared import ChoiceShape, choice
from cases.api.input import Facts, Instant, Nothing, Strict, body, query
from cases.api.steps import TAKEN, TakenShape, answer
from cases.models import Case, Proceeding, Step, Suspect
from cases.queries import pasts
from coordination.errors import Refused
from coordination.law import grammar
from coordination.law.guards import GUARDS
from coordination.law.processes import all_processes

NEAR = (*pasts.MATTER, "owner")
WITHOUT_A_CASE = frozenset({"office", "none"})


class ProceedingAsked(Strict):
    """What a list of proceedings may be narrowed by."""

    case = serializers.UUIDField(required=False)
    suspect = serializers.UUIDField(required=False)
    process = serializers.ChoiceField(required=False, choices=sorted(all_processes()))
    state = serializers.CharField(required=False, max_length=60)
    area = serializers.CharField(required=False, max_length=20)
    open = serializers.BooleanField(required=False)


class TakeShape(Strict):
    """The facts of a step, and the version of the proceeding that was read."""

    facts = Facts(required=False, default=dict)
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class BeginShape(Strict):
    """A procedure to open in a case, with its first step."""

    process = serializers.ChoiceField(choices=sorted(all_processes()))
    step = serializers.CharField(max_length=60)
    suspect = serializers.UUIDField(required=False, allow_null=True, default=None)
    facts = Facts(required=False, default=dict)


class BeginMatterShape(Strict):
    """A procedure to open without a case, with its first step."""

    process = serializers.ChoiceField(
        choices=sorted(id_ for id_, process in all_processes().items() if process.subject in WITHOUT_A_CASE)
    )
    step = serializers.CharField(max_length=60)
    facts = Facts(required=False, default=dict)


class ProceedingShape(serializers.ModelSerializer[Proceeding]):
    """One run of a procedure, and where it stands."""

    process = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    organisation = OrganShape()
    counterpart = OrganShape(allow_null=True)
    owner = PersonShape(allow_null=True)
    state_since = Instant()
    opened_at = Instant()
    closed_at = Instant(allow_null=True)

    class Meta:
        model = Proceeding
        fields = (
            "id", "process", "edition", "area", "case", "suspect", "parent", "organisation", "counterpart", "owner",
            "state", "state_since", "version", "opened_at", "closed_at",
        )  # fmt: skip

    @extend_schema_field(NamedShape())
    def get_process(self, row: Proceeding) -> dict[str, str]:
        """The procedure with its titles."""
        return named(row.process, row.declared)

    @extend_schema_field(NamedShape())
    def get_state(self, row: Proceeding) -> dict[str, str]:
        """The state with its titles."""
        return named(row.state, row.declared_state)


class MatterShape(ProceedingShape):
    """A proceeding with what was done in it and what can be done next."""

    taken = TakenShape(source="steps", many=True)
    steps = serializers.SerializerMethodField()

    class Meta(ProceedingShape.Meta):
        fields = (*ProceedingShape.Meta.fields, "taken", "steps")  # type: ignore[assignment]

    @extend_schema_field(ChoiceShape(many=True))
    def get_steps(self, row: Proceeding) -> list[dict[str, Any]]:
        """Every step that leaves from the present state."""
        mirrored = scope.is_mirrored(row)
        offered: tuple[grammar.Choice, ...] = self.context["choices"]
        lists = listing.of_matter(row, (one.step for one in offered))
        return [choice(row.declared, one, mirrored=mirrored, lists=lists) for one in offered]


class Proceedings(Resource):
    """The proceedings a person may see."""

    @extend_schema(
        operation_id="proceeding_list", tags=["proceedings"], parameters=[ProceedingAsked], request=None,
        responses={200: ProceedingShape(many=True), **LISTED},
        description="The proceedings the person may see, newest first. The organ that runs one sees it from the "
        "beginning, the other organ once it is opened to it, a superior what was shared.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(ProceedingAsked, request)
        self.reads(asked)
        is_open = asked.pop("open", None)
        rows = self.visible(Proceeding).filter(**asked).select_related(*NEAR)
        if is_open is not None:
            rows = rows.filter(closed_at__isnull=is_open)
        return self.page(rows, ProceedingShape)

    @extend_schema(
        operation_id="matter_begin", tags=["proceedings"], request=BeginMatterShape, responses=TAKEN,
        description="Open a procedure without a case and take its first step: a matter of the Office, or of one organ. "
        "Whose it is follows from where the person works; nothing is opened where the step is refused.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Begin a matter without a case."""
        asked = body(BeginMatterShape, request)
        declared = all_processes()[asked["process"]]
        past = grammar.History(process=declared.id, state=declared.start.id, now=self.now)
        facts = _typed(declared, asked["step"], asked["facts"], lambda: (past, None))
        return answer(steps.begin(self.user, declared.id, asked["step"], case=None, facts=facts, at=self.now))


class OneProceeding(Resource):
    """One proceeding."""

    @extend_schema(
        operation_id="proceeding_read", tags=["proceedings"], responses={200: MatterShape, **READ},
        description="One proceeding: its state and version, what was done, and every step from here with the reasons "
        "that stand against it for this person now.",
    )  # fmt: skip
    def get(self, request: Request, pk: UUID) -> Response:
        """Read."""
        query(Nothing, request, paged=False)
        taken = Prefetch("steps", self.visible(Step).select_related("actor", "approved_by", "organisation"))
        row = self.find(self.visible(Proceeding).select_related(*NEAR).prefetch_related(taken), pk)
        offered = steps.choices(self.user, row, at=self.now)
        return Response(MatterShape(row, context={"choices": offered}).data)


class Begin(Resource):
    """Beginning a procedure in a case."""

    @extend_schema(
        operation_id="proceeding_begin", tags=["proceedings"], request=BeginShape,
        responses=TAKEN,
        description="Open a procedure in a case and take its first step; nothing is opened where that is refused. "
        "Who may is declared in the procedure, see `processes`.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request, pk: UUID) -> Response:
        """Begin."""
        case = self.find(self.visible(Case).select_related(*_under("case__")), pk)
        asked = body(BeginShape, request)
        suspect = None
        if asked["suspect"] is not None:
            rows = self.visible(Suspect).select_related("held_at").filter(case=case)
            suspect = rows.filter(pk=asked["suspect"]).first()
            if suspect is None:
                raise ValidationError({"suspect": [gettext("There is no such suspect in the case.")]})
        declared = all_processes()[asked["process"]]
        past = grammar.History(process=declared.id, state=declared.start.id, now=self.now)
        facts = _typed(declared, asked["step"], asked["facts"], lambda: (past, None))
        done = steps.begin(
            self.user, declared.id, asked["step"], case=case, suspect=suspect, facts=facts, at=self.now
        )
        return answer(done)


class Taking(Resource):
    """Taking a step."""

    @extend_schema(
        operation_id="step_take", tags=["proceedings"], request=TakeShape,
        responses=TAKEN,
        description="Take a step: it is checked, recorded, and winds the clocks, all at once or not at all. "
        "Who may take which step from which state is declared in the procedure, see `processes`.",
    )  # fmt: skip
    @transaction.atomic
    def post(self, request: Request, pk: UUID, step: str) -> Response:
        """Take."""
        row = self.find(self.visible(Proceeding).select_related(*NEAR), pk)
        asked = body(TakeShape, request)

        def standing() -> tuple[grammar.History, grammar.Actor]:
            return scope.history(row, self.now), steps.actor_in(row, self.user, self.now)

        facts = _typed(row.declared, step, asked["facts"], standing)
        return answer(
            steps.take(self.user, row, step, facts=facts, at=self.now, seen_version=asked["version"])
        )


def _under(prefix: str) -> list[str]:
    return [path.removeprefix(prefix) for path in pasts.MATTER if path.startswith(prefix)]


def _typed(
    process: grammar.Process,
    step: str,
    raw: Mapping[str, object],
    standing: Callable[[], tuple[grammar.History, grammar.Actor | None]],
) -> dict[str, object]:
    """Read the facts in their types; where some cannot be read, Refused tells them and all else that is wrong.

    `standing` gives where the matter and the person stand; it is asked only where something is wrong.
    """
    try:
        declared = process.step(step)
    except KeyError:
        past, actor = standing()
        raise Refused(*grammar.check(process, step, past, {}, past.now, actor)) from None
    try:
        return steps.typed(declared, raw)
    except Refused as refused:
        told = {reason.code for reason in refused.reasons}
        legible = {name: value for name, value in raw.items() if f"field:{name}" not in told}
        past, actor = standing()
        others = grammar.check(process, step, past, steps.typed(declared, legible), past.now, actor)
        known = (one for one in others if one.code not in told and not _asks_facts(one.code))
        raise Refused(*known, *refused.reasons) from None


def _asks_facts(code: str) -> bool:
    """Whether the reason is a condition on the facts: nothing can be said of it while some cannot be read."""
    kind, _, name = code.partition(":")
    return kind == "guard" and GUARDS[name].needs_facts
