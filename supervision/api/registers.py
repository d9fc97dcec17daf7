"""The Office's registers through the API: which there are, and the lines of one, page by page."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from cases.api.base import NamedShape, Resource, allowed, named, problems
from cases.api.input import Day, Instant, Nothing, Strict, query
from coordination import keyset
from coordination.errors import NotVisible
from coordination.law.processes import all_processes
from supervision.registers import reading as registers_reading
from supervision.registers.cells import Cell
from supervision.registers.reading import Line, Register, Wanted

FOR_WHOM = allowed("register.read")


class RegisterShape(NamedShape):
    """A register that runs here, and how many lines of it the person sees."""

    processes = NamedShape(many=True)
    open = serializers.IntegerField()
    all = serializers.IntegerField()


class RegisterAsked(Strict):
    """What the lines may be narrowed by; days are those on which the matter began, both included."""

    state = serializers.ChoiceField(required=False, choices=("open", "closed"), default="")
    from_on = Day(required=False, allow_null=True, default=None)
    to_on = Day(required=False, allow_null=True, default=None)
    case = serializers.CharField(
        required=False, max_length=40, default="", help_text="A part of the case number."
    )
    cursor = serializers.CharField(required=False, max_length=80, default="", help_text="As in `next`.")


class CellShape(serializers.Serializer[Any]):
    """What stands in one column: an instant or a day, then words in the language asked for."""

    column = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    at = Instant(allow_null=True)
    on = serializers.DateField(allow_null=True)


class LineShape(serializers.Serializer[Any]):
    """One line: the proceeding it tells of, and its cells."""

    proceeding = serializers.UUIDField()
    is_open = serializers.BooleanField()
    cells = CellShape(many=True)


class LinesShape(serializers.Serializer[Any]):
    """One page of a register, newest first."""

    columns = NamedShape(many=True)
    next = serializers.CharField(allow_null=True)
    results = LineShape(many=True)


class Registers(Resource):
    """The registers."""

    pagination_class = None

    @extend_schema(
        operation_id="register_list", tags=["registers"], request=None,
        responses={200: RegisterShape(many=True), **problems(400, 401)},
        description=f"The registers that run here, each with how many lines the person sees. {FOR_WHOM}",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List."""
        query(Nothing, request, paged=False)
        return Response([self._register(one) for one in registers_reading.registers().values()])

    def _register(self, one: Register) -> dict[str, Any]:
        rows = registers_reading.rows(one, self.user, self.who, wanted=Wanted(), now=self.now)
        is_open, every = registers_reading.counted(rows)
        processes = [all_processes()[key] for key in one.sources]
        return {
            **named(one.kind.code, one.kind), "processes": [named(process.id, process) for process in processes],
            "open": is_open, "all": every,
        }  # fmt: skip


class OneRegister(Resource):
    """One register."""

    pagination_class = None

    @extend_schema(
        operation_id="register_read", tags=["registers"], parameters=[RegisterAsked], request=None,
        responses={200: LinesShape, **problems(400, 401, 404)},
        description=f"The lines of a register, newest first, as far as the person may see them. {FOR_WHOM}",
    )  # fmt: skip
    def get(self, request: Request, register: str) -> Response:
        """Read one page."""
        asked = query(RegisterAsked, request, paged=False)
        chosen, cursor = registers_reading.register(register), asked.pop("cursor")
        after = keyset.parse(cursor)
        if cursor and after is None:
            raise NotVisible("cursor")
        page = registers_reading.page(
            chosen, self.user, self.who, wanted=Wanted(**asked), now=self.now, after=after
        )
        here = request.build_absolute_uri()
        told = {
            "columns": [named(option.code, option) for option in chosen.columns],
            "next": replace_query_param(here, "cursor", str(page.older)) if page.older else None,
            "results": [_line(line, chosen) for line in page.lines],
        }
        return Response(LinesShape(told).data)


def _line(line: Line, chosen: Register) -> dict[str, Any]:
    cells = zip(chosen.kind.fields, line.cells, strict=True)
    return {
        "proceeding": line.proceeding.pk,
        "is_open": line.proceeding.closed_at is None,
        "cells": [_cell(name, cell) for name, cell in cells],
    }


def _cell(name: str, cell: Cell) -> dict[str, Any]:
    return {"column": name, "text": cell.text, "at": cell.at, "on": cell.on}
