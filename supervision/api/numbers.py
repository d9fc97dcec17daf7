"""A number and the list behind it, as every address of the board, the areas and the superiors' list tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import Resource
from cases.api.clocks import NEAR as CLOCK
from cases.api.clocks import DeadlineShape
from cases.api.input import Strict
from cases.api.matters import NEAR as MATTER
from cases.api.matters import ProceedingShape
from cases.api.papers import NEAR as PAPER
from cases.api.papers import DocumentShape
from coordination import policy
from coordination.errors import Refused
from coordination.law.catalogue import catalogue
from coordination.law.history import Reason
from coordination.paging import ByKey
from supervision import dashboards
from supervision.dashboards import AGES, NARROWED_BY, ORGANS, REPORTED, STATES, Number, Selection

SHAPES: Mapping[str, tuple[type[serializers.Serializer[Any]], tuple[str, ...]]] = {
    "deadlines": (DeadlineShape, CLOCK), "custody": (DeadlineShape, CLOCK), "matters": (ProceedingShape, MATTER),
    "decisions": (ProceedingShape, MATTER), "unanswered": (DocumentShape, PAPER),
}  # fmt: skip


class ByFires(ByKey):
    """What becomes overdue first comes first."""

    ordering = ("fires_at", "id")  # type: ignore[assignment]


class ByOpened(ByKey):
    """What was opened first comes first."""

    ordering = ("opened_at", "id")  # type: ignore[assignment]


class ByState(ByKey):
    """What has stood still longest comes first."""

    ordering = ("state_since", "id")  # type: ignore[assignment]


class BySent(ByKey):
    """What was sent first comes first."""

    ordering = ("sent_at", "id")  # type: ignore[assignment]


class NumberShape(serializers.Serializer[Any]):
    """How many rows a selection has, and the address of exactly these rows."""

    count = serializers.IntegerField()
    url = serializers.CharField()


class StateNumberShape(NumberShape):
    """The deadlines in one state."""

    state = serializers.ChoiceField(choices=STATES)


class AgeNumberShape(NumberShape):
    """The documents of one age, in days since they were sent."""

    age = serializers.ChoiceField(choices=[name for name, _, _ in AGES])
    from_days = serializers.IntegerField()
    below_days = serializers.IntegerField(allow_null=True)


class DeadlinesAsked(Strict):
    """What a list of running deadlines may be narrowed by."""

    area = serializers.ChoiceField(required=False, choices=sorted(catalogue().areas))
    state = serializers.ChoiceField(required=False, choices=STATES)
    organ = serializers.ChoiceField(required=False, choices=[str(organ.value) for organ in ORGANS])


class CustodyAsked(Strict):
    """What the list of custody that ends soon may be narrowed by."""

    area = serializers.ChoiceField(required=False, choices=sorted(catalogue().areas))
    organ = serializers.ChoiceField(required=False, choices=[str(organ.value) for organ in ORGANS])


class MattersAsked(Strict):
    """What a list of matters may be narrowed by."""

    area = serializers.ChoiceField(required=False, choices=sorted(catalogue().areas))


class StateAsked(Strict):
    """What the deadlines of an area may be narrowed by."""

    state = serializers.ChoiceField(required=False, choices=STATES)


class AgeAsked(Strict):
    """What a list of documents without an answer may be narrowed by."""

    age = serializers.ChoiceField(required=False, choices=[name for name, _, _ in AGES])


class ReportedAsked(AgeAsked):
    """What the list of what was reported up may be narrowed by."""

    state = serializers.ChoiceField(required=False, choices=REPORTED, default="open")


def require(view: Resource, action: str) -> None:
    """Raise Refused, which becomes 403, where no role of the person allows `action`."""
    if not policy.may(view.who, action):
        raise Refused(Reason("role", "not for the roles you hold", "您的角色不能查看"))


def listed(view: Resource, selection: Selection) -> Response:
    """Answer one page of the rows of a selection: exactly those that its number counts."""
    shape, near = SHAPES[selection.what]
    rows = dashboards.rows(selection, view.user, view.who, now=view.now)
    return view.page(rows.select_related(*near), shape)


def number(counted: Number, *, within: str = "") -> dict[str, Any]:
    """Tell a number with the address of its list: the board's, or that of an area (`within`)."""
    selection = counted.selection
    asked = {
        name: value
        for name, value in selection.parameters.items()
        if name in NARROWED_BY[selection.what] and not (within and name == "area")
    }
    place = (
        reverse(f"api-area-{selection.what}", args=[within])
        if within
        else reverse(f"api-board-{selection.what}")
    )
    return {"count": counted.count, "url": f"{place}?{urlencode(asked)}" if asked else place}


def by_state(numbers: tuple[Number, ...], *, within: str = "") -> list[dict[str, Any]]:
    """Tell the numbers of an area or organ, one a state."""
    return [{"state": one.selection.state, **number(one, within=within)} for one in numbers]


def ages() -> Mapping[str, tuple[int, int | None]]:
    """The ages of a document by name, from and below how many days."""
    return {name: (since, below) for name, since, below in AGES}
