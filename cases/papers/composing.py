"""What a document says: the sheet of an instrument, filled from the case, the findings and the facts of its steps.

Legal documents are Chinese whatever the language of the screen. How a sheet is set is in `rendering`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError

from cases import parties
from cases.models import Proceeding, Step
from cases.papers.sheets import Item, Section, Sheet
from coordination.law import citing
from coordination.law.catalogue import DocumentKind, catalogue
from coordination.law.facts import Field
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.roles import ROLES
from coordination.law.zone import ZONE
from coordination.models import Organisation, User

SIGNERS = {"chief_procurator": "检察长", "police_chief": "负责人"}
SHOWN_ELSEWHERE = frozenset({"findings", "law", "reply_due_on", "demand", "facts", "case_no"})


def compose(
    kind: DocumentKind,
    proceeding: Proceeding,
    *,
    step: Step | None,
    organisation: Organisation,
    addressee: Organisation | None,
    facts: Mapping[str, object],
    number: str | None,
    dated_on: date,
) -> Sheet:
    """Fill the sheet of `kind` from the proceeding and the facts known so far; `number` None makes a draft."""
    declared = proceeding.declared.step(step.name) if step else None
    due = facts.get("reply_due_on") or facts.get("due_on")
    return Sheet(
        organ=organisation.zh,
        title=kind.zh,
        addressee=addressee.zh if addressee else "",
        number=number,
        fields=_case_lines(proceeding),
        sections=tuple(_sections(facts, _fields(proceeding))),
        bases=_bases(facts, declared),
        reply_due_on=due if isinstance(due, date) and not isinstance(due, datetime) else None,
        signer_role=SIGNERS.get(kind.approver or "", ""),
        signer_name=step.approved_by.name if step and step.approved_by else "",
        dated_on=dated_on,
        check_address=settings.CHECK_ADDRESS,
    )


def known_facts(
    proceeding: Proceeding, facts: Mapping[str, object], *, written: DeclaredStep | None = None
) -> dict[str, object]:
    """All facts recorded so far in the proceeding, the latest of each name, with `facts` on top.

    A step taken again says everything anew: what it leaves out now is no longer said. So does `written`, the step that
    is being written with `facts`.
    """
    from cases import scope  # noqa: PLC0415 - scope reads models that documents also serve

    said: dict[str, Mapping[str, object]] = {}
    for taken in scope.taken(proceeding):
        said.pop(taken.step, None)
        said[taken.step] = taken.facts
    merged = {name: value for one in said.values() for name, value in one.items()}
    for item in written.facts if written else ():
        merged.pop(item.name, None)
    merged.update({name: value for name, value in facts.items() if value not in (None, "", ())})
    return merged


def shown(item: Field, value: object) -> str:
    """A fact as it is printed: Chinese dates, the options' Chinese titles, names for references."""
    if isinstance(value, datetime):
        local = value.astimezone(ZONE)
        return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "；".join(
            shown(item, part) if isinstance(part, date) else _named(item, str(part)) for part in value
        )
    if item.type == "enum":
        return item.option(str(value), "zh")
    return _named(item, str(value)) if item.type == "ref" else str(value)


def finding_items(codes: object) -> tuple[Item, ...]:
    """The findings as numbered items with their articles; a text that is no code stands as it is."""
    kinds = catalogue().findings
    items = []
    for code in codes if isinstance(codes, (list, tuple)) else ():
        kind = kinds.get(str(code))
        if kind is None:
            items.append(Item(str(code)))
        else:
            items.append(
                Item(kind.zh, bases=tuple(printed(source.law, source.article) for source in kind.sources))
            )
    return tuple(items)


def printed(law: str, article: str) -> str:
    """A citation as it is printed, with the full name of the law."""
    (one,) = citing.cited(f"{law} {article}".strip(), "zh")
    return one.full


def _case_lines(proceeding: Proceeding) -> tuple[tuple[str, str], ...]:
    case, lines = proceeding.case, []
    if case is not None:
        lines += [("案件编号", case.number), ("案件名称", case.title), ("办案单位", case.unit.zh)]
        if case.charge:
            lines.append(("案由", case.charge))
    if proceeding.suspect is not None:
        lines.append(("犯罪嫌疑人", proceeding.suspect.name))
    return tuple(lines)


def _sections(facts: Mapping[str, object], fields: Mapping[str, Field]) -> list[Section]:
    sections = []
    items = finding_items(facts.get("findings") or facts.get("findings_confirmed") or ())
    if facts.get("facts"):
        sections.append(Section("经审查查明的事实", (str(facts["facts"]),)))
    if items:
        sections.append(Section("存在的违法情形", (), items))
    if facts.get("demand"):
        sections.append(Section("纠正意见", (str(facts["demand"]),)))
    others = tuple(
        f"{fields[name].label('zh')}：{shown(fields[name], value)}"
        for name, value in facts.items()
        if name in fields and name not in SHOWN_ELSEWHERE
    )
    if others and not sections:
        sections.append(Section("有关情况", others))
    return sections


def _fields(proceeding: Proceeding) -> dict[str, Field]:
    return {item.name: item for step in proceeding.declared.steps for item in step.facts}


def _bases(facts: Mapping[str, object], declared: DeclaredStep | None) -> tuple[str, ...]:
    stated = facts.get("law")
    if isinstance(stated, (list, tuple)) and stated:
        return tuple(_basis(str(line)) for line in stated)
    return tuple(printed(source.law, source.article) for source in declared.sources) if declared else ()


def _basis(line: str) -> str:
    key, _, article = line.partition(" ")
    return printed(key, article) if key.isascii() and article else line


def _named(item: Field, value: str) -> str:
    for model in (Organisation, User):
        try:
            row = model._default_manager.filter(pk=value).first()
        except (ValueError, TypeError):
            return value
        except ValidationError:  # a reference that is no key stands as it was written
            return value
        if row is not None:
            return str(row)
    return value


def addressee_of(
    kind: DocumentKind, proceeding: Proceeding, organisation: Organisation
) -> Organisation | None:
    """The organ a kind of document goes to in this matter; None where it stays in the file or goes to a person."""
    held = parties.of_proceeding(proceeding)
    for role in kind.addressee:
        organ = held.organ_of(role) if role in ROLES else held.organ(role)
        if organ is not None and organ.pk != organisation.pk:
            return organ
    return None
