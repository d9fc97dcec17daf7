"""What every address of the API has in common: who asks, at which instant, what the person sees, and in which shape.

Names that the law has in both languages are answered in both; sentences are answered in the language asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast

from django.db.models import Model, QuerySet
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.errors import FAILED, KINDS
from cases.api.input import Nothing, query
from cases.models import Case
from cases.queries import visits
from coordination import policy
from coordination.errors import NotVisible
from coordination.law.citation import Source
from coordination.law.roles import ROLES
from coordination.middleware import PresentRequest
from coordination.models import User
from coordination.reader import language
from coordination.standing import Standing

Row = TypeVar("Row", bound=Model)


class Titled(Protocol):
    """What the law has a title for in both languages."""

    def name(self, lang: str) -> str:
        """Return the title in the language asked for."""


class NamedShape(serializers.Serializer[Any]):
    """Something of the law, by its code and its titles."""

    id = serializers.CharField()
    en = serializers.CharField()
    zh = serializers.CharField()


class OrganShape(serializers.Serializer[Any]):
    """An organ or a unit of one."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    en = serializers.CharField()
    zh = serializers.CharField()


class PersonShape(serializers.Serializer[Any]):
    """A person, by name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class ReasonShape(serializers.Serializer[Any]):
    """Why not: in the language asked for, and, where a rule says so, in both, with its articles."""

    code = serializers.CharField(help_text="Stable for programs; `field:<name>` where one value is at fault.")
    text = serializers.CharField(help_text="In the language asked for.")
    en = serializers.CharField(required=False)
    zh = serializers.CharField(required=False)
    sources = serializers.ListField(child=serializers.CharField(), help_text="Articles, such as `CPL 91`.")
    field = serializers.CharField(required=False)


class VersionShape(serializers.Serializer[Any]):
    """One side of a conflict."""

    number = serializers.IntegerField()
    state = serializers.CharField()
    step = serializers.CharField()
    actor = serializers.CharField()


class ProblemShape(serializers.Serializer[Any]):
    """What goes wrong is told in this one shape."""

    status = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=sorted({*KINDS.values(), FAILED}))
    text = serializers.CharField()
    reasons = ReasonShape(many=True)
    seen = VersionShape(required=False, help_text="In a conflict: the version the request was made for.")
    found = VersionShape(required=False, help_text="In a conflict: the version that stands.")


MEANINGS = {
    400: "The request is malformed; every field at fault is named.",
    401: "Not signed in.",
    403: "Only the role stands against it.",
    404: "Not there, or not for this person.",
    409: "Someone was faster; both versions are told.",
    415: "Only JSON is read.",
    422: "The rules say no; every reason is told, with its articles.",
    429: "Too many attempts.",
}


def problems(*codes: int) -> dict[int, OpenApiResponse]:
    """Return what may go wrong, for the schema."""
    return {code: OpenApiResponse(ProblemShape, description=MEANINGS[code]) for code in codes}


READ = problems(401, 404)
LISTED = problems(400, 401, 404)
WRITTEN = problems(400, 401, 403, 404, 409, 415, 422)


def allowed(action: str) -> str:
    """Say in a sentence who may do `action`, read from the permission table."""
    named = [ROLES[role].en for role in ROLES if role in policy.MAY[action]]
    return f"Who may (`{action}`): {', '.join(named)}."


class Resource(GenericAPIView[Any]):
    """One address. The person and the instant are read once; rows come only from `policy.visible`."""

    filter_backends: Sequence[Any] = ()
    serializer_class = ProblemShape

    @property
    def present(self) -> PresentRequest:
        """The request as the middleware completed it; the framework's own request hands its attributes on."""
        return cast(PresentRequest, self.request)

    @property
    def now(self) -> datetime:
        """The instant at which the request is made."""
        return self.present.now

    @property
    def user(self) -> User:
        """Who asks."""
        return cast(User, self.request.user)

    @property
    def who(self) -> Standing:
        """Where the person stands."""
        return self.present.standing

    def visible(self, model: type[Row]) -> QuerySet[Row]:
        """The rows of a model that the person may see."""
        return policy.visible(self.user, model, now=self.now, who=self.who)

    def find(self, rows: QuerySet[Row], pk: object) -> Row:
        """Return one of the rows; NotVisible where it is not among them. Reading across organs is recorded."""
        row = rows.filter(pk=pk).first()
        if row is None:
            raise NotVisible(f"{rows.model.__name__} {pk}")
        if isinstance(row, visits.Read):
            visits.read(self.user, self.who, row, at=self.now)
        return row

    def case(self, pk: object) -> Case:
        """The case with its organs, for what is written in it."""
        return self.find(self.visible(Case).select_related("police", "procuratorate", "unit"), pk)

    def reads(self, asked: Mapping[str, Any]) -> None:
        """Record that what stands in one case is listed, where the list was narrowed to a case."""
        case = self.visible(Case).filter(pk=asked["case"]).first() if "case" in asked else None
        if case is not None:
            visits.read(self.user, self.who, case, at=self.now)

    def one(self, rows: QuerySet[Row], pk: object, shape: type[serializers.Serializer[Any]]) -> Response:
        """Answer one of the rows in a shape; the address takes no parameters."""
        query(Nothing, self.request, paged=False)
        return Response(shape(self.find(rows, pk), context={"now": self.now}).data)

    def page(self, rows: QuerySet[Any], shape: type[serializers.Serializer[Any]], **context: Any) -> Response:
        """Answer one page of rows in a shape."""
        found = self.paginate_queryset(rows) or []
        shown = shape(found, many=True, context={"now": self.now, **context})
        return self.get_paginated_response(shown.data)


class Nowhere(Resource):
    """Every other address below `api/`: not found, in JSON."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say so, whatever the method."""
        super().initial(request, *args, **kwargs)
        raise NotFound


def named(code: str, titled: Titled) -> dict[str, str]:
    """Return the code with both titles."""
    return {"id": code, "en": titled.name("en"), "zh": titled.name("zh")}


def cited(sources: Iterable[Source]) -> list[str]:
    """Return articles as they are written in answers."""
    return [str(source) for source in sources]


def role(code: str) -> dict[str, str]:
    """Return a role with both titles."""
    return named(code, ROLES[code])


def lang() -> str:
    """The language of sentences in the answer."""
    return language()
