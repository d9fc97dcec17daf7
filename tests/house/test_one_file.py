"""A new procedure, or a local variant, is one file: declared, sound, drawn and offered with nothing else touched."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils.translation import override

from cases.queries import beginnings
from coordination.law import processes
from coordination.law.catalogue import catalogue
from coordination.law.processes import coop_train
from coordination.law.rulebook import rulebook
from coordination.law.soundness import soundness
from coordination.standing import Standing
from supervision.pages import area as area_page

NEW = '''
"""Reading files together (共同阅卷): both sides open one closed case and say what they learn from it."""

from coordination.law.grammar import SAME, Field, Process, State, Step

PROCESS = Process(
    "joint_reading", "COOP-TRAIN", "共同阅卷", "Reading files together", subject="office", initiator="office_resident",
    states=(
        State("planned", "已安排", "planned", "start"),
        State("held", "已开展", "held"),
        State("closed", "办结", "closed", "end"),
    ),
    steps=(
        Step("plan", "安排", "Plan", "office_resident", ("planned",), SAME, facts=(Field("topic", "text"),)),
        Step("hold", "开展", "Hold", "office_resident", ("planned",), "held", facts=(Field("attendees", "list"),)),
        Step("close", "办结", "Close", "office_police", ("held",), "closed"),
    ),
    titled_by=("topic",),
)
'''
VARIANT = '''
"""Joint training as a place does it: nobody cancels a class that was announced, it is held another day."""

from dataclasses import replace

from coordination.law.processes.coop_train.joint_training import PROCESS as COMMON

PROCESS = replace(
    COMMON, id="joint_training_local", zh="同堂培训（本地）", en="Joint training (local)", variant_of=COMMON.id,
    steps=tuple(
        replace(step, from_=("planned",)) if step.id == "cancel" else step for step in COMMON.steps
    ),
)
'''
CACHES: tuple[Callable[[], object], ...] = (
    processes.all_processes, processes.only_opened, beginnings.openers,
)  # fmt: skip


def _forget() -> None:
    for known in CACHES:
        known.cache_clear()  # type: ignore[attr-defined]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is read as part of the area's folder; afterwards everything is as before."""
    monkeypatch.setattr(coop_train, "__path__", [*coop_train.__path__, str(tmp_path)])
    _forget()
    yield tmp_path
    for file in tmp_path.glob("*.py"):
        sys.modules.pop(f"{coop_train.__name__}.{file.stem}", None)
    _forget()


def resident() -> Standing:
    """A resident prosecutor of some Office."""
    organ = uuid4()
    return Standing(
        user_id=uuid4(), roles=frozenset({"office_resident"}), organs=frozenset({organ}), units=frozenset(),
        superior_of=frozenset(), houses=frozenset(), organ_kind="procuratorate", jurisdictions=frozenset({"990102"}),
        clearance=0, roles_at=frozenset({("office_resident", organ)}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "states"),
    [(NEW, "joint_reading", ["planned", "held", "closed"]),
     (VARIANT, "joint_training_local", ["planned", "announced", "held", "filed", "cancelled"])],
)  # fmt: skip
def test_one_file_is_enough(folder: Path, text: str, name: str, states: list[str]) -> None:
    assert name not in processes.all_processes()
    _forget()

    (folder / f"{name}.py").write_text(text, encoding="utf-8")

    known = processes.all_processes()
    assert known[name].area == "COOP-TRAIN"
    assert soundness(tuple(known.values()), rulebook(), catalogue()) == ()
    with override("en"):
        shown = area_page.area("COOP-TRAIN", resident())
    drawn = next(one for one in shown.procedures if one.id == name)
    assert sorted(node.id for node in drawn.diagram.nodes) == sorted(states)
    assert name in {one.process.id for one in beginnings.beginnings(resident())}
    assert known[name].en in {choice.title for choice in shown.starts}


def test_without_the_file_nothing_is_left_of_it() -> None:
    assert not {"joint_reading", "joint_training_local"} & processes.all_processes().keys()


def test_variant_of_nothing_is_found(folder: Path) -> None:
    (folder / "joint_training_local.py").write_text(
        VARIANT.replace("variant_of=COMMON.id", 'variant_of="no_such_procedure"'), encoding="utf-8"
    )

    faults = soundness(tuple(processes.all_processes().values()), rulebook(), catalogue())

    own = {fault.text for fault in faults if fault.process == "joint_training_local"}
    assert any("no_such_procedure" in text for text in own)
