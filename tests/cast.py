"""The fixed cast of the tests: the demo world's people by login, Beijing instants, and a case to begin with."""

from __future__ import annotations

from datetime import datetime

from cases.models import Case, Document, Draft, Proceeding, Step, Suspect
from cases.registration import Person, Report, add_suspect, register_report
from cases.steps import approve, begin, take
from coordination.law.zone import ZONE
from coordination.models import Organisation, User

DUKOU = "990102510000"


def at(text: str) -> datetime:
    """An instant in Beijing: `at("2026-11-02 09:00")`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def user(login: str) -> User:
    """A person of the cast."""
    return User.objects.get(login=login)


def organ(code: str) -> Organisation:
    """An organ or unit of the cast."""
    return Organisation.objects.get(code=code)


def report(when: datetime, number: str = "A9901025100002026110021", **changes: object) -> Report:
    """A report of a theft at the ferry market, received at `when`."""
    values: dict[str, object] = {
        "number": number, "title": "渡口集市系列盗窃案", "kind": "general", "reporter": "集市管理处",
        "received_at": when, "unit": organ(DUKOU), "charge": "盗窃罪",
    }  # fmt: skip
    return Report(**{**values, **changes})  # type: ignore[arg-type]


def registered(when: datetime, number: str = "A9901025100002026110021") -> Case:
    """A case whose filing review runs since `when`; its investigator is 沈砚秋."""
    return register_report(user("shen.yanqiu"), report(when, number), at=when)


def suspect_of(case: Case, when: datetime, name: str = "田广顺") -> Suspect:
    """A suspect of the case, at liberty."""
    return add_suspect(user("shen.yanqiu"), case, Person(name=name, gender="male"), at=when)


def run(case: Case | None, process: str) -> Proceeding:
    """The latest proceeding of a process in the case, read anew."""
    return Proceeding.objects.filter(case=case, process=process).latest("opened_at", "id")


def do(login: str, proceeding: Proceeding, step: str, when: datetime, **facts: object) -> Step | Draft:
    """Take a step as a person of the cast."""
    return take(user(login), proceeding, step, facts=facts, at=when)


def agreed(
    login: str, approver: str, proceeding: Proceeding, step: str, when: datetime, **facts: object
) -> Step:
    """Take a step that needs an approval, and have it approved at the same instant."""
    draft = do(login, proceeding, step, when, **facts)
    assert isinstance(draft, Draft)
    return approve(user(approver), draft, at=when)


def case_numbered(number: str) -> Case:
    """A case of the demo world by its number, read anew."""
    return Case.objects.get(number=number)


def receipted(login: str, case: Case | None, kind: str, when: datetime) -> Step | Draft:
    """The addressee's desk receipts the latest document of a kind."""
    paper = Document.objects.filter(case=case, kind=kind).latest("issued_at", "id")
    assert paper.transfer is not None, f"{kind} did not go from desk to desk"
    return do(login, paper.transfer, "receipt", when, received_at=when, person=str(user(login).pk))


def begun(
    login: str,
    case: Case,
    process: str,
    step: str,
    when: datetime,
    suspect: Suspect | None = None,
    **facts: object,
) -> Proceeding:
    """Begin a procedure with its first step."""
    return begin(user(login), process, step, case=case, suspect=suspect, facts=facts, at=when).proceeding
