"""How a declared step is told to programs: what it asks for, who takes and approves it, what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rest_framework import serializers

from cases.api.base import NamedShape, ReasonShape, cited, named, role
from cases.api.errors import shown
from coordination.law import local
from coordination.law.catalogue import catalogue
from coordination.law.facts import REQUIRED_IF, Field
from coordination.law.grammar import Choice
from coordination.law.limit import Text
from coordination.law.procedure import SAME, Process, Step
from coordination.law.rulebook import rulebook

Lists = Mapping[str, tuple[Text, ...]]
NO_LISTS: Lists = MappingProxyType({})


class DependenceShape(serializers.Serializer[Any]):
    """A fact is needed where one of `facts` has one of `values`."""

    facts = serializers.ListField(child=serializers.CharField())
    values = serializers.ListField(child=serializers.CharField())


class FactShape(serializers.Serializer[Any]):
    """One fact of a step: its type, whether it must be given, what may be chosen."""

    name = serializers.CharField()
    en = serializers.CharField()
    zh = serializers.CharField()
    type = serializers.CharField(
        help_text="text, enum, date, datetime (with offset), int, bool, list, ref (an id), duration (ISO 8601), decimal"
    )
    required = serializers.BooleanField()  # type: ignore[assignment]
    required_when = DependenceShape(allow_null=True)
    tense = serializers.CharField(
        help_text="past: not after now; future: after today; empty: either.", allow_blank=True
    )
    options = NamedShape(
        many=True, help_text="What may be chosen. Of a local list the items that apply to the matter."
    )
    local_list = serializers.CharField(
        allow_blank=True, help_text="The local list that the items come from, if any."
    )


class StepShape(serializers.Serializer[Any]):
    """A step as its procedure declares it."""

    id = serializers.CharField()
    en = serializers.CharField()
    zh = serializers.CharField()
    roles = NamedShape(many=True, help_text="Who takes it.")
    approval = NamedShape(
        allow_null=True, help_text="Who must approve before it takes effect; never its drafter."
    )
    leads_to = NamedShape(allow_null=True, help_text="The state it leads to; null where the state is kept.")
    facts = FactShape(many=True)
    documents = NamedShape(many=True)
    starts = NamedShape(many=True, help_text="Limits that begin to run, now or on receipt.")
    stops = NamedShape(many=True, help_text="Limits that stop.")
    guidance_en = serializers.CharField(allow_blank=True)
    guidance_zh = serializers.CharField(allow_blank=True)
    certainty = serializers.CharField()
    sources = serializers.ListField(child=serializers.CharField())


class ChoiceShape(StepShape):
    """A step that leaves from the present state, and every reason why it cannot be taken now (none: it can)."""

    possible = serializers.BooleanField()
    reasons = ReasonShape(many=True)


def step(
    process: Process, declared: Step, *, mirrored: bool = False, lists: Lists = NO_LISTS
) -> dict[str, Any]:
    """Return a step as its procedure declares it; a local list that is not among `lists` is ours."""
    rules, kinds = rulebook(), catalogue()
    stops = (*declared.stops, *declared.stops_on_receipt)
    return {
        **named(declared.id, declared),
        "roles": [role(code) for code in declared.roles(mirrored=mirrored)],
        "approval": role(declared.approval) if declared.approval else None,
        "leads_to": named(declared.to, process.state(declared.to)) if declared.to != SAME else None,
        "facts": [_fact(item, lists) for item in declared.facts],
        "documents": [named(code, kinds.document(code)) for code, _ in declared.papers],
        "starts": [named(start.limit, rules.limit(start.limit)) for start in declared.started],
        "stops": [named(limit, rules.limit(limit)) for limit in dict.fromkeys(stops)],
        "guidance_en": declared.guidance,
        "guidance_zh": declared.guidance_zh,
        "certainty": declared.certainty,
        "sources": cited(declared.cited),
    }


def choice(
    process: Process, offered: Choice, *, mirrored: bool = False, lists: Lists = NO_LISTS
) -> dict[str, Any]:
    """Return a step with the reasons that stand against it now."""
    return {
        **step(process, offered.step, mirrored=mirrored, lists=lists),
        "possible": offered.possible,
        "reasons": [shown(reason) for reason in offered.reasons],
    }


def _fact(item: Field, lists: Lists) -> dict[str, Any]:
    need = REQUIRED_IF.get(item.required) if isinstance(item.required, str) else None
    return {
        "name": item.name,
        "en": item.label("en"),
        "zh": item.label("zh"),
        "type": item.type,
        "required": item.required is True,
        "required_when": {"facts": list(need.names), "values": sorted(need.values)} if need else None,
        "tense": item.tense or ("past" if item.is_past else ""),
        "options": [{"id": key, "en": title.en, "zh": title.zh} for key, title in _options(item, lists)],
        "local_list": item.among,
    }


def _options(item: Field, lists: Lists) -> list[tuple[str, Text]]:
    if item.among:
        items = lists.get(item.among) or local.local_lists()[item.among].items
        return [(one.zh, one) for one in items]
    return [(value, Text(item.option(value, "en"), item.option(value, "zh"))) for value in item.options]
