"""How one row of the catalogue's data becomes one frozen kind; nothing here knows where the files are."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coordination.law.citation import Source
from coordination.law.kinds import (
    ActivityEvent,
    ActivityKind,
    ActivityStart,
    Area,
    AutoCheck,
    Condition,
    DocumentKind,
    FieldSpec,
    FindingKind,
    Minimum,
    Need,
    Numbering,
    Option,
    RegisterKind,
    Served,
)

Table = dict[str, Any]
Enums = Mapping[str, tuple[Option, ...]]


def table(path: Path) -> Table:
    """Read one file."""
    with path.open("rb") as file:
        return tomllib.load(file)


def words(code: str) -> str:
    """Return the English of a code that has no title of its own: its words."""
    return code.removesuffix("_at").removesuffix("_on").replace("_", " ")


def sources(row: Table) -> tuple[Source, ...]:
    """Read citations as the data writes them: the law's key, a space, the article."""
    return tuple(Source(*place.split(" ", 1)) for place in row.get("sources", ()))


def options(values: Table) -> dict[str, Option]:
    """Read titles written as "zh" or as ["zh", "en"]."""
    return {
        code: Option(code, code.replace("_", " "), title)
        if isinstance(title, str)
        else Option(code, title[1], title[0])
        for code, title in values.items()
    }


def titles(rows: Table) -> dict[str, Option]:
    """Read titles written as tables with `zh` and `en`."""
    return {code: Option(code, row["en"], row["zh"]) for code, row in rows.items()}


def area(code: str, row: Table) -> Area:
    """Read an area."""
    said = {key: row[key] for key in ("zh", "en", "mechanism", "certainty", "plain_en", "plain_zh")}
    return Area(
        code=code,
        number=row.get("number"),
        demands_en=tuple(row["demands_en"]),
        demands_zh=tuple(row["demands_zh"]),
        serves=tuple(Served(**served) for served in row["serves"]),
        **said,
    )


def need(name: str, row: Table) -> Need:
    """Read what a required “if_…” depends on."""
    choices = tuple((choice["field"], tuple(choice["is"])) for choice in row.get("choices", ()))
    return Need(name, row.get("kind"), choices, tuple(row.get("context", ())))


def field(row: Table, enums: Enums) -> FieldSpec:
    """Read a field; KeyError for an enumeration that is not written down."""
    base, _, of = row["type"].partition(":")
    name = row["name"]
    return FieldSpec(
        name=name,
        type=base,
        en=row.get("en", words(name)),
        zh=row["zh"],
        required=row.get("required", True),
        of=of,
        unit=row.get("unit", ""),
        options=enums[row["enum"]] if "enum" in row else (),
    )


def condition(row: Table) -> Condition:
    """Read the part `if`, `is` of a row."""
    return Condition(row["if"], tuple(row["is"])) if "if" in row else Condition()


def event(row: Table | str) -> ActivityEvent:
    """Read an event of an activity, a plain name where it has no condition."""
    if isinstance(row, str):
        return ActivityEvent(row)
    after = tuple(row.get("after", ()))
    return ActivityEvent(row["event"], row.get("at"), condition(row), after, row.get("manual", False))


def start(row: Table | str) -> ActivityStart:
    """Read a limit that an activity starts, a plain name where it has no condition."""
    if isinstance(row, str):
        return ActivityStart(row)
    return ActivityStart(row["limit"], condition(row), row.get("in_custody"))


def activity(code: str, row: Table, enums: Enums) -> ActivityKind:
    """Read a kind of activity."""
    return ActivityKind(
        code=code,
        en=row["en"],
        zh=row["zh"],
        group=row["group"],
        certainty=row["certainty"],
        has_span=row["has_span"],
        needs_record=row["needs_record"],
        person_specific=row["person_specific"],
        fields=tuple(field(item, enums) for item in row["fields"]),
        legal_minima=tuple(Minimum(item["en"], item["zh"], sources(item)) for item in row["legal_minima"]),
        emits=tuple(event(item) for item in row.get("emits", ())),
        starts=tuple(start(item) for item in row.get("starts", ())),
        stops=tuple(row.get("stops", ())),
        suspends=tuple(row.get("suspends", ())),
        findings=tuple(row.get("findings", ())),
        approver=row.get("approver"),
        note=row.get("note", ""),
    )


def finding(code: str, row: Table) -> FindingKind:
    """Read a kind of finding."""
    checked = None
    if "check_rule" in row:
        checked = AutoCheck(tuple(row["check_fields"]), row["check_rule"], row.get("check_caution", ""))
    return FindingKind(
        code=code,
        en=row["en"],
        zh=row["zh"],
        group=row["group"],
        level=row["level"],
        certainty=row["certainty"],
        sources=sources(row),
        auto_check=checked,
        required_fields=tuple(row.get("required_fields", ())),
        also=tuple(row.get("also", ())),
        may_rise_to=tuple(row.get("may_rise_to", ())),
        note=row.get("note", ""),
    )


def document(code: str, group: str, row: Table) -> DocumentKind:
    """Read a kind of document."""
    return DocumentKind(
        code=code,
        en=row["en"],
        zh=row["zh"],
        group=group,
        issuer=row["issuer"],
        addressee=tuple(row["addressee"]),
        approver=row.get("approver"),
        name_certainty=row["name_certainty"],
        numbering=Numbering(**row["numbering"]),
        mandatory_fields=tuple(row.get("mandatory_fields", ())),
        reply_period_mandatory=row.get("reply_period_mandatory", False),
        limits=tuple(row.get("limits", ())),
        receipt_needed=row.get("receipt_needed", False),
        issued_in=tuple(row.get("issued_in", ())),
        copy_to=tuple(row.get("copy_to", ())),
        sources=sources(row),
        note=row.get("note", ""),
    )


def register(code: str, row: Table) -> RegisterKind:
    """Read a register."""
    return RegisterKind(code, row["en"], row["zh"], tuple(row["fields"]), tuple(row["written_by"]))
