"""Who asks, who works beside, and which organs there are: what programs need in order to name people and units."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import LISTED, NamedShape, OrganShape, Resource, problems, role
from cases.api.input import Nothing, Strict, query
from coordination.models import Organisation, Posting, User


class HeldShape(serializers.Serializer[Any]):
    """A role as it is held."""

    role = NamedShape()
    organisation = OrganShape()


class MeShape(serializers.Serializer[Any]):
    """The person, the roles held now, and what the product's clock says."""

    id = serializers.UUIDField()
    login = serializers.CharField()
    name = serializers.CharField()
    roles = HeldShape(many=True)
    now = serializers.DateTimeField()


class ColleagueAsked(Strict):
    """What the list of people may be narrowed by."""

    role = serializers.ChoiceField(required=False, choices=Posting.Role.choices)
    organisation = serializers.UUIDField(required=False, help_text="An organ or unit, by id.")


class ColleagueShape(serializers.Serializer[Any]):
    """Somebody who holds a role at one of the own organs."""

    id = serializers.UUIDField()
    login = serializers.CharField()
    name = serializers.CharField()


class OrganAsked(Strict):
    """What the list of organs may be narrowed by."""

    code = serializers.CharField(required=False, max_length=20)
    kind = serializers.ChoiceField(required=False, choices=Organisation.Kind.choices)
    level = serializers.ChoiceField(required=False, choices=Organisation.Level.choices)
    jurisdiction = serializers.CharField(required=False, max_length=6)
    parent = serializers.UUIDField(required=False)  # type: ignore[assignment]


class OrganListedShape(serializers.ModelSerializer[Organisation]):
    """An organ, or a unit inside one."""

    class Meta:
        model = Organisation
        fields = ("id", "code", "en", "zh", "kind", "level", "jurisdiction", "parent")


class Me(Resource):
    """The person who asks."""

    @extend_schema(
        operation_id="me", tags=["people"], responses={200: MeShape, **problems(400, 401)},
        description="Who asks, with which roles, at which instant.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Read."""
        query(Nothing, request, paged=False)
        held = [{"role": role(one.role), "organisation": one.at} for one in self.who.held]
        person = {"id": self.user.pk, "login": self.user.login, "name": self.user.name}
        return Response(MeShape({**person, "roles": held, "now": self.now}).data)


class Colleagues(Resource):
    """The people of the own organs."""

    @extend_schema(
        operation_id="people_list", tags=["people"], parameters=[ColleagueAsked], request=None,
        responses={200: ColleagueShape(many=True), **LISTED},
        description="Who holds a role at one of the own organs or in their units now. Nobody else's people.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(ColleagueAsked, request)
        here = Q(organisation__in=self.who.organs) | Q(
            organisation__parent__in=self.who.organs, organisation__level="unit"
        )
        held = Posting.objects.filter(
            here, Q(ends_at__isnull=True) | Q(ends_at__gt=self.now), starts_at__lte=self.now
        )
        held = held.filter(**asked)
        return self.page(
            User.objects.filter(pk__in=held.order_by().values("user"), is_active=True), ColleagueShape
        )


class Organs(Resource):
    """Organs and units."""

    @extend_schema(
        operation_id="organisation_list", tags=["people"], parameters=[OrganAsked], request=None,
        responses={200: OrganListedShape(many=True), **LISTED},
        description="The organs and units that this installation knows. For everybody who is signed in.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        return self.page(Organisation.objects.filter(**query(OrganAsked, request)), OrganListedShape)
