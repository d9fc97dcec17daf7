"""The reasons of the police in filing supervision: explained, found to stand, told to whoever complained (RULES 560).

The same in both directions of filing supervision; which clocks they stop, and what was asked, differs.
"""
# fmt: off

from dataclasses import dataclass

from coordination.law.citation import Source
from coordination.law.grammar import Field, Paper, Rung, State, Step, cite

INFORM = "inform_complainant_reasons_upheld"
LEAD = (State("lead", "线索受理", "lead received", "start"), State("reviewing", "审查", "under review"))
EXAMINED = (
    State("reasons_received", "审查理由", "reasons under review"),
    State("reasons_stand", "理由成立", "reasons stand"),
)
TELL_RUNG = Rung("-2d", INFORM, ("prosecutor",), "DOC-COMPLAINT-ANSWER", step="tell")


def answered(zh: str, en: str) -> Step:
    """Nothing is found against the police: whoever complained is answered, where somebody did."""
    return Step(
        "reject", zh, en,
        "prosecutor", ("reviewing",), "closed",
        emits=("complainant_told_reasons_stand",),
        documents=(Paper("DOC-COMPLAINT-ANSWER", when="complainant_named"),),
        certainty="verified",
        sources=cite("RULES 558"),
    )


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons that one direction asks for: `asked` are the events of asking, `clocks` the periods to explain."""

    asked: tuple[str, ...]
    clocks: tuple[str, ...]

    def explain(self, *sources: Source) -> Step:
        """The police explain."""
        return Step(
            "explain", "公安说明理由", "Police explain",
            "police_legal", ("reasons_asked", "reasons_received"), "reasons_received",
            on_event=self.asked,
            guards=("reasons_not_explained",),
            guidance="late reasons are still taken; the delay stays on record",
            guidance_zh="逾期说明的仍予接收，逾期情况留存",
            facts=(
                Field("circumstances", "text"),
                Field("basis", "text"),
                Field("evidence_copies", "list"),
            ),
            approval="police_chief",
            emits=("reasons_explained",),
            stops=self.clocks,
            documents=("DOC-REASONS-EXPLAINED",),
            certainty="verified",
            sources=sources,
        )

    def stand(self, zh: str, en: str) -> tuple[Step, ...]:
        """The reasons stand, and somebody is told: `zh` and `en` say who."""
        return (
            Step(
                "uphold", "理由成立", "Reasons stand",
                "prosecutor", ("reasons_received",), "reasons_stand",
                emits=("reasons_upheld",),
                starts=(INFORM,),
                stops=self.clocks,
                documents=("DOC-REASONS-OPINION",),
                certainty="verified",
                sources=cite("RULES 561"),
            ),
            Step(
                "tell", zh, en,
                "prosecutor", ("reasons_stand",), "closed",
                emits=("complainant_told_reasons_stand",),
                stops=(INFORM,),
                documents=("DOC-COMPLAINT-ANSWER",),
                certainty="verified",
                sources=cite("RULES 561"),
            ),
        )


def late(clock: str) -> Rung:
    """No reasons in time: the review may go on without them."""
    return Rung(
        "+1d", clock, ("prosecutor", "office_resident", "police_legal"),
        "choice: proceed without reasons", "可以径行审查", step="no_answer",
    )


def soon(clock: str) -> Rung:
    """The reasons are due soon."""
    return Rung("-2wd", clock, ("police_legal", "investigator"), "reminder", "提醒", step="explain")
