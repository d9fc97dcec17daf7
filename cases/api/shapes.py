"""The shapes of cases and suspects: what is asked, what is given, what is answered."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.base import NamedShape, OrganShape, PersonShape, named
from cases.api.input import Day, Instant, Strict
from cases.models import Case, Suspect
from coordination.law.processes import all_processes

HEADER = frozenset({"id", "number", "title", "stage", "is_whole"})
"""What a share of the header alone opens."""
WHOLE = all_processes()["case"]
REGISTERED = WHOLE.step("register")
KINDS = next(item.options for item in REGISTERED.facts if item.name == "report_kind")


class CaseAsked(Strict):
    """What a list of cases may be narrowed by."""

    number = serializers.CharField(required=False, max_length=40, help_text="The whole case number.")
    text = serializers.CharField(
        required=False, max_length=80, help_text="Part of the number or of the title."
    )
    stage = serializers.ChoiceField(required=False, choices=[state.id for state in WHOLE.states])
    kind = serializers.ChoiceField(required=False, choices=KINDS)
    police = serializers.UUIDField(required=False, help_text="The police organ, by id.")
    mine = serializers.BooleanField(required=False, help_text="Only those in which the person is named.")
    received_from = Instant(required=False)
    received_until = Instant(required=False)


class ReportShape(Strict):
    """A report, as the desk writes it down."""

    number = serializers.CharField(max_length=40)
    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=KINDS)
    reporter = serializers.CharField(max_length=200)
    received_at = Instant()
    unit = serializers.UUIDField(help_text="The unit that received it, by id; see `me`.")
    charge = serializers.CharField(required=False, allow_blank=True, default="", max_length=120)
    is_major = serializers.BooleanField(required=False, default=False)
    confidentiality = serializers.IntegerField(required=False, default=0, min_value=0, max_value=9)


class CaseShape(serializers.ModelSerializer[Case]):
    """A case. Where only its header is open to the person, `is_whole` is false and the rest is null."""

    is_whole = serializers.SerializerMethodField()
    stage = serializers.SerializerMethodField()
    police = OrganShape()
    unit = OrganShape()
    procuratorate = OrganShape()
    investigator = PersonShape(allow_null=True)
    prosecutor = PersonShape(allow_null=True)
    received_at = Instant()
    filed_at = Instant(allow_null=True)
    recorded_at = Instant()

    class Meta:
        model = Case
        fields = (
            "id", "number", "title", "stage", "is_whole", "kind", "jurisdiction", "police", "unit", "procuratorate",
            "investigator", "prosecutor", "confidentiality", "is_major", "charge", "received_at", "filed_at",
            "recorded_at",
        )  # fmt: skip

    def get_is_whole(self, case: Case) -> bool:
        """Whether more than the header is open."""
        return case.pk in self.context["whole"]

    @extend_schema_field(NamedShape(allow_null=True))
    def get_stage(self, case: Case) -> dict[str, str] | None:
        """Where the case stands."""
        state = self.context["stages"].get(case.pk)
        return named(state, WHOLE.state(state)) if state else None

    def to_representation(self, instance: Case) -> dict[str, Any]:
        """Leave out what is not open."""
        told: dict[str, Any] = super().to_representation(instance)
        return told if told["is_whole"] else {name: told[name] if name in HEADER else None for name in told}


class SuspectGiven(Strict):
    """A person under suspicion, as named in the case."""

    name = serializers.CharField(max_length=80)
    gender = serializers.ChoiceField(
        choices=Suspect.Gender.choices, required=False, default=Suspect.Gender.UNKNOWN
    )
    born_on = Day(required=False, allow_null=True, default=None)
    identity_number = serializers.CharField(required=False, allow_blank=True, default="", max_length=30)


class SuspectShape(serializers.ModelSerializer[Suspect]):
    """A suspect. The identity number is opened by a request of its own, which is recorded."""

    held_at = OrganShape(allow_null=True)
    born_on = Day(allow_null=True)
    measure = serializers.SerializerMethodField()

    class Meta:
        model = Suspect
        fields = ("id", "case", "position", "name", "gender", "born_on", "held_at", "measure")

    @extend_schema_field(NamedShape(allow_null=True))
    def get_measure(self, suspect: Suspect) -> dict[str, str] | None:
        """The measure in force, as far as the person may see it."""
        state = self.context["measures"].get(suspect.pk)
        return named(state, all_processes()["custody"].state(state)) if state else None


class IdentityShape(serializers.Serializer[Any]):
    """An identity number; empty where it is not known."""

    identity_number = serializers.CharField(allow_blank=True)
