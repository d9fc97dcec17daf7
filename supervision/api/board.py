"""The Office board through the API: its numbers, and the list behind each; and what was reported up to a superior."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import LISTED, NamedShape, Resource, allowed, named, problems
from cases.api.clocks import DeadlineShape
from cases.api.input import Instant, Nothing, Strict, query
from cases.api.matters import ProceedingShape
from cases.api.papers import NEAR as PAPER
from cases.api.papers import DocumentShape
from supervision import dashboards
from supervision.api import numbers
from supervision.api.numbers import (
    AgeAsked,
    AgeNumberShape,
    CustodyAsked,
    DeadlinesAsked,
    MattersAsked,
    NumberShape,
    ReportedAsked,
    StateNumberShape,
)
from supervision.dashboards import AreaNumbers, Selection

FOR_WHOM = allowed("board.read")
SUPERIORS = allowed("reported.read")
OPEN_TO = {**LISTED, **problems(403)}


class AreaNumbersShape(serializers.Serializer[Any]):
    """One area: its open matters, and its running deadlines by state."""

    area = NamedShape()
    matters = NumberShape()
    deadlines = StateNumberShape(many=True)


class OrganNumbersShape(serializers.Serializer[Any]):
    """What one of the two organs owes, by state."""

    organ = serializers.CharField()
    deadlines = StateNumberShape(many=True)


class BoardShape(serializers.Serializer[Any]):
    """Everything on the board, as it stood at `at`. Every number has the address of its rows."""

    at = Instant()
    areas = AreaNumbersShape(many=True)
    organs = OrganNumbersShape(many=True)
    today = NumberShape()
    overdue = NumberShape()
    decisions = NumberShape()
    custody = NumberShape()
    unanswered = AgeNumberShape(many=True)


class Board(Resource):
    """The Office board."""

    @extend_schema(
        operation_id="board_read", tags=["board"], responses={200: BoardShape, **problems(400, 401, 403)},
        description=f"What both sides owe: every number with the address of its list. {FOR_WHOM}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Read."""
        query(Nothing, request, paged=False)
        numbers.require(self, "board.read")
        board = dashboards.board(self.user, self.who, now=self.now)
        told = {
            "at": board.at,
            "areas": [area(row) for row in board.areas],
            "organs": [
                {"organ": row.organ, "deadlines": numbers.by_state(row.deadlines)} for row in board.organs
            ],
            "unanswered": [_aged(one.selection.age, numbers.number(one)) for one in board.unanswered],
            **{
                name: numbers.number(getattr(board, name))
                for name in ("today", "overdue", "decisions", "custody")
            },
        }
        return Response(BoardShape(told).data)


def area(row: AreaNumbers, *, within: str = "") -> dict[str, Any]:
    """Tell the numbers of an area."""
    return {
        "area": named(row.area.code, row.area),
        "matters": numbers.number(row.matters, within=within),
        "deadlines": numbers.by_state(row.deadlines, within=within),
    }


def _aged(age: str, told: dict[str, Any]) -> dict[str, Any]:
    since, below = numbers.ages()[age]
    return {"age": age, "from_days": since, "below_days": below, **told}


class _Listed(Resource):
    """A list behind a number of the board."""

    what = ""
    asks: type[Strict] = Nothing

    def listed(self, request: Request) -> Response:
        """Answer one page."""
        asked = query(self.asks, request)
        numbers.require(self, "board.read")
        return numbers.listed(self, Selection(self.what, **asked))


class Running(_Listed):
    """Running deadlines."""

    pagination_class = numbers.ByFires
    what, asks = "deadlines", DeadlinesAsked

    @extend_schema(
        operation_id="board_deadlines", tags=["board"], parameters=[DeadlinesAsked], request=None,
        responses={200: DeadlineShape(many=True), **OPEN_TO},
        description=f"The running deadlines that the board counts, what becomes overdue first on top. {FOR_WHOM}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        return self.listed(request)


class Custody(_Listed):
    """Custody that ends soon."""

    pagination_class = numbers.ByFires
    what, asks = "custody", CustodyAsked

    @extend_schema(
        operation_id="board_custody", tags=["board"], parameters=[CustodyAsked], request=None,
        responses={200: DeadlineShape(many=True), **OPEN_TO},
        description=f"The periods of custody that end soon or have ended. {FOR_WHOM}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        return self.listed(request)


class Matters(_Listed):
    """Open matters."""

    pagination_class = numbers.ByOpened
    what, asks = "matters", MattersAsked

    @extend_schema(
        operation_id="board_matters", tags=["board"], parameters=[MattersAsked], request=None,
        responses={200: ProceedingShape(many=True), **OPEN_TO},
        description=f"The open matters that the board counts, the oldest on top. {FOR_WHOM}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        return self.listed(request)


class Decisions(_Listed):
    """Matters that await a decision."""

    pagination_class = numbers.ByState
    what, asks = "decisions", MattersAsked

    @extend_schema(
        operation_id="board_decisions", tags=["board"], parameters=[MattersAsked], request=None,
        responses={200: ProceedingShape(many=True), **OPEN_TO},
        description=f"The matters in which a draft waits for its approver. {FOR_WHOM}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        return self.listed(request)


class Unanswered(_Listed):
    """Documents sent and not answered."""

    pagination_class = numbers.BySent
    what, asks = "unanswered", AgeAsked

    @extend_schema(
        operation_id="board_unanswered", tags=["board"], parameters=[AgeAsked], request=None,
        responses={200: DocumentShape(many=True), **OPEN_TO},
        description=f"The documents that were sent and not receipted or not answered, the oldest on top. {FOR_WHOM}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        return self.listed(request)


class Reported(Resource):
    """What was reported up."""

    pagination_class = numbers.BySent

    @extend_schema(
        operation_id="reported_list", tags=["board"], parameters=[ReportedAsked], request=None,
        responses={200: DocumentShape(many=True), **OPEN_TO},
        description=f"What was reported up, or told, to the own organ, what waits longest on top. {SUPERIORS}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        asked = query(ReportedAsked, request)
        numbers.require(self, "reported.read")
        rows = dashboards.reported(self.user, self.who, now=self.now, **asked)
        return self.page(rows.select_related(*PAPER), DocumentShape)


class ReportedNumberShape(NumberShape):
    """How much was reported up, by whether its matter is open and by age ("" is every age)."""

    state = serializers.ChoiceField(choices=dashboards.REPORTED)
    age = serializers.CharField(allow_blank=True)


class ReportedCounts(Resource):
    """How much was reported up."""

    pagination_class = None

    @extend_schema(
        operation_id="reported_counts", tags=["board"], request=None,
        responses={200: ReportedNumberShape(many=True), **problems(400, 401, 403)},
        description=f"How much was reported up, by state and age, each number with its list. {SUPERIORS}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Count."""
        query(Nothing, request, paged=False)
        numbers.require(self, "reported.read")
        counts = dashboards.reported_counts(self.user, self.who, now=self.now)
        place = reverse("api-reported")
        return Response(
            [
                {
                    "state": state, "age": age, "count": count,
                    "url": f"{place}?{urlencode({'state': state, **({'age': age} if age else {})})}",
                }
                for (state, age), count in counts.items()
            ]
        )  # fmt: skip
