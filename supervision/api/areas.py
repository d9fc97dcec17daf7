"""The task areas through the API: what each is for, what is open in it, its procedures, limits and registers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import LISTED, NamedShape, Resource, allowed, named, problems
from cases.api.clocks import DeadlineShape
from cases.api.input import Nothing, query
from cases.api.matters import ProceedingShape
from coordination.law.catalogue import catalogue
from coordination.law.kinds import Area
from coordination.law.processes import all_processes
from coordination.law.rulebook import rulebook
from supervision import dashboards
from supervision.api import board, numbers
from supervision.api.board import AreaNumbersShape
from supervision.api.numbers import StateAsked
from supervision.dashboards import Selection
from supervision.registers import reading as registers_reading

OPEN_TO = allowed("rulebook.read")


class AreaShape(NamedShape):
    """An area; `number` is null for the Office."""

    number = serializers.IntegerField(allow_null=True)
    mechanism = serializers.CharField()
    sentence_en = serializers.CharField()
    sentence_zh = serializers.CharField()


class WholeAreaShape(AreaShape):
    """An area with what is open in it as far as the person sees, and what belongs to it."""

    counts = AreaNumbersShape()
    processes = NamedShape(many=True)
    limits = NamedShape(many=True)
    registers = NamedShape(many=True)


class Areas(Resource):
    """The areas."""

    pagination_class = None

    @extend_schema(
        operation_id="area_list", tags=["areas"], request=None,
        responses={200: AreaShape(many=True), **problems(400, 401)},
        description=f"The task areas and the Office. {OPEN_TO}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        query(Nothing, request, paged=False)
        return Response([_area(row) for row in catalogue().areas.values()])


class OneArea(Resource):
    """One area."""

    @extend_schema(
        operation_id="area_read", tags=["areas"], responses={200: WholeAreaShape, **problems(400, 401, 404)},
        description=f"One area: what is open in it, its procedures, limits and registers. {OPEN_TO}",
    )  # fmt: skip
    def get(self, request: Request, area: str) -> Response:
        """Read."""
        query(Nothing, request, paged=False)
        row = _known(area)
        mine = [process for process in all_processes().values() if process.area == area]
        running = registers_reading.registers()
        fed = dict.fromkeys(code for process in mine for code in process.registers if code in running)
        limits = [limit for limit in rulebook().limits.values() if limit.area == area and limit.enabled]
        counted = dashboards.of_area(self.user, self.who, area, now=self.now)
        return Response(
            {
                **_area(row),
                "counts": board.area(counted, within=area),
                "processes": [named(process.id, process) for process in mine],
                "limits": [named(limit.id, limit) for limit in limits],
                "registers": [named(code, running[code].kind) for code in fed],
            }
        )


class AreaDeadlines(Resource):
    """The running deadlines of an area."""

    pagination_class = numbers.ByFires

    @extend_schema(
        operation_id="area_deadlines", tags=["areas"], parameters=[StateAsked], request=None,
        responses={200: DeadlineShape(many=True), **LISTED},
        description="The running deadlines of an area that the person may see: those its numbers count.",
    )  # fmt: skip
    def get(self, request: Request, area: str) -> Response:
        """List."""
        asked = query(StateAsked, request)
        return numbers.listed(self, Selection("deadlines", _known(area).code, **asked))


class AreaMatters(Resource):
    """The open matters of an area."""

    pagination_class = numbers.ByOpened

    @extend_schema(
        operation_id="area_matters", tags=["areas"], request=None,
        responses={200: ProceedingShape(many=True), **LISTED},
        description="The open matters of an area that the person may see: those its number counts.",
    )  # fmt: skip
    def get(self, request: Request, area: str) -> Response:
        """List."""
        query(Nothing, request)
        return numbers.listed(self, Selection("matters", _known(area).code))


def _known(area: str) -> Area:
    row = catalogue().areas.get(area)
    if row is None:
        raise NotFound
    return row


def _area(row: Area) -> dict[str, Any]:
    return {
        **named(row.code, row), "number": row.number, "mechanism": row.mechanism,
        "sentence_en": row.sentence("en"), "sentence_zh": row.sentence("zh"),
    }  # fmt: skip
