"""What a machine may point out: traits of an entry of the log, limits that ran out, entries that are missing.

The rules stand in `findings/machine.toml`, beside the findings; what they are asked about is handed in.
A match is a pointer for a prosecutor and nothing else. Findings without a rule there are seen by people only.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from functools import cache

from coordination.law.catalogue import HOME, catalogue
from coordination.law.catalogue_rows import Table, table
from coordination.law.kinds import FieldSpec
from coordination.law.processes import all_processes
from coordination.law.rulebook import Faulty, rulebook

AROUND = ("case.is_major", "suspect.is_minor", "suspect.gender")
"""What is known beside an entry's own fields: of its case and its suspect."""

COUNTED = frozenset({"int", "decimal", "money", "list"})


@dataclass(frozen=True, slots=True)
class Trait:
    """What a field must be like. One of the five is given; a field that was not filled in is only ever empty.

    `other_than` also holds for a field that was not filled in; numbers and lengths of lists are compared.
    """

    field: str
    values: tuple[object, ...] = ()
    other_than: tuple[object, ...] = ()
    is_empty: bool | None = None
    fewer_than: int | None = None
    more_than: int | None = None

    def holds(self, fields: Mapping[str, object]) -> bool:
        """Whether the field is like this."""
        value = fields.get(self.field)
        if self.values:
            return value in self.values
        if self.other_than:
            return value not in self.other_than
        if self.is_empty is not None:
            return (value in (None, "", [], ())) == self.is_empty
        if value is None:
            return False
        size = len(value) if isinstance(value, Sized) and not isinstance(value, str) else float(str(value))
        if self.fewer_than is not None:
            return size < self.fewer_than
        return self.more_than is not None and size > self.more_than


@dataclass(frozen=True, slots=True)
class Missing:
    """An entry of a kind that is not on the log in time after a step; `within` is an ISO-8601 duration.

    `step` is "process.step", `when` what its facts must be like, `at` the field with the instant of the entry.
    """

    step: str
    when: tuple[Trait, ...]
    entry: str
    at: str
    within: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How a machine comes to suggest one finding. `any_of`: one of the alternatives, each with all of its traits.

    `only_while_running`: what was done late after all is no finding of this kind.
    """

    finding: str
    entries: tuple[str, ...] = ()
    any_of: tuple[tuple[Trait, ...], ...] = ()
    limits: tuple[str, ...] = ()
    only_while_running: bool = False
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """A finding that may be there, and the fields in which it is seen."""

    finding: str
    fields: tuple[str, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, read and checked once; Faulty with all that is wrong."""
    found = tuple(_rule(code, row) for code, row in table(HOME / "findings" / "machine.toml").items())
    faults = [f"{rule.finding}: {fault}" for rule in found for fault in rule_faults(rule)]
    if faults:
        raise Faulty(tuple(faults))
    return found


def reads(kind: str) -> bool:
    """Whether an entry of this kind may show a finding."""
    return kind in _by_entry()


def in_entry(kind: str, fields: Mapping[str, object]) -> tuple[Pointer, ...]:
    """Return what an entry of this kind may show; `fields` by name, those of `AROUND` by their dotted names."""
    found = []
    for rule in _by_entry().get(kind, ()):
        matched = next((some for some in rule.any_of if all(trait.holds(fields) for trait in some)), None)
        if matched is not None:
            found.append(Pointer(rule.finding, tuple(dict.fromkeys(trait.field for trait in matched))))
    return tuple(found)


@cache
def after_overrun() -> Mapping[str, tuple[str, ...]]:
    """The findings that a limit may show once it has run out, by the limit."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for rule in rules():
        for limit in rule.limits:
            found[limit].append(rule.finding)
    return {limit: tuple(codes) for limit, codes in found.items()}


@cache
def only_while_running() -> frozenset[str]:
    """The findings that a clock shows only as long as it runs."""
    return frozenset(rule.finding for rule in rules() if rule.only_while_running)


def missing() -> Iterator[tuple[str, Missing]]:
    """Every finding that shows by an entry which is not there."""
    return ((rule.finding, rule.missing) for rule in rules() if rule.missing is not None)


def rule_faults(rule: Rule) -> Iterator[str]:
    """Yield what is wrong with a rule: names that nothing declares, values that no field has."""
    kind = catalogue().findings.get(rule.finding)
    if kind is None or kind.auto_check is None:
        yield "no finding of the catalogue that a machine may suggest"
        return
    if bool(rule.entries) != bool(rule.any_of):
        yield "an entry and its traits go together"
    for entry in rule.entries:
        yield from _entry_faults(rule, entry)
    for name in rule.limits:
        limit = rulebook().limits.get(name)
        if limit is None:
            yield f"unknown limit {name!r}"
        elif rule.finding not in limit.overrun.findings and f"limit:{name}" not in kind.auto_check.fields:
            yield f"the limit {name!r} does not suggest it"
    if rule.missing is not None:
        yield from _missing_faults(rule.missing)


def _entry_faults(rule: Rule, entry: str) -> Iterator[str]:
    kind = catalogue().activities.get(entry)
    if kind is None:
        yield f"unknown activity {entry!r}"
        return
    known = {spec.name: spec for spec in (*catalogue().common_fields, *kind.fields)}
    for trait in (trait for some in rule.any_of for trait in some):
        if trait.field not in AROUND:
            yield from _trait_faults(trait, known, entry)


def _trait_faults(trait: Trait, known: Mapping[str, FieldSpec], entry: str) -> Iterator[str]:
    spec = known.get(trait.field)
    if spec is None:
        yield f"{entry} has no field {trait.field!r}"
        return
    given = (*trait.values, *trait.other_than)
    if spec.type == "enum":
        options = {option.code for option in spec.options}
        yield from (f"{trait.field} is never {value!r}" for value in given if value not in options)
    if spec.type == "bool" and not all(isinstance(value, bool) for value in given):
        yield f"{trait.field} is true or false"
    if (trait.fewer_than, trait.more_than) != (None, None) and spec.type not in COUNTED:
        yield f"{trait.field} cannot be counted"


def _missing_faults(rule: Missing) -> Iterator[str]:
    process, _dot, step = rule.step.partition(".")
    declared = all_processes().get(process)
    facts = {
        fact.name for one in (declared.steps if declared else ()) if one.id == step for fact in one.facts
    }
    yield from (f"{rule.step} has no fact {trait.field!r}" for trait in rule.when if trait.field not in facts)
    kind = catalogue().activities.get(rule.entry)
    if kind is None or rule.at not in {spec.name for spec in kind.fields}:
        yield f"no entry {rule.entry!r} with an instant {rule.at!r}"


@cache
def _by_entry() -> Mapping[str, tuple[Rule, ...]]:
    kinds = {entry for rule in rules() for entry in rule.entries}
    return {kind: tuple(rule for rule in rules() if kind in rule.entries) for kind in kinds}


def _rule(code: str, row: Table) -> Rule:
    known = {"entry", "any_of", "overrun", "only_while_running", "missing"}
    if set(row) - known:
        raise Faulty((f"{code}: unknown words {sorted(set(row) - known)}",))
    gone = row.get("missing")
    return Rule(
        finding=code,
        entries=tuple(row.get("entry", ())),
        any_of=tuple(tuple(_trait(one) for one in some) for some in row.get("any_of", ())),
        limits=tuple(row.get("overrun", ())),
        only_while_running=row.get("only_while_running", False),
        missing=Missing(
            gone["after"],
            tuple(_trait(one) for one in gone["when"]),
            gone["entry"],
            gone["at"],
            gone["within"],
        )
        if gone
        else None,
    )


def _trait(row: Table) -> Trait:
    """Read one of the five: `is`, `other_than`, `empty`, `fewer_than`, `more_than`."""
    if len(row) != 2 or "field" not in row:
        raise Faulty((f"a trait names a field and says one thing of it: {row}",))
    return Trait(
        field=row["field"],
        values=tuple(row.get("is", ())),
        other_than=tuple(row.get("other_than", ())),
        is_empty=row.get("empty"),
        fewer_than=row.get("fewer_than"),
        more_than=row.get("more_than"),
    )
