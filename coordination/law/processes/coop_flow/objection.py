"""Objection of the police to a decision of the procuratorate: reconsideration, then review by the superior.

What an objection to a non-approval of arrest and one to a non-prosecution have in common; each procedure says its
articles, its guards, and what is its own.
"""
# fmt: off

from dataclasses import dataclass

from coordination.law.citation import Source
from coordination.law.grammar import SAME, Emit, Field, OpenAtEnd, Rung, State, Step

REASONS = Field("reasons", "text")
OUTCOME = (Field("outcome", "enum", options=("upheld", "changed")), REASONS)
STATES = (
    State("right_open", "可要求复议", "right to ask is open", "start"),
    State("requested", "已要求复议", "reconsideration requested"),
    State("reconsidering", "复议中", "under reconsideration"),
    State("upheld", "复议维持", "decision upheld"),
    State("review_requested", "已提请复核", "review requested"),
    State("reviewing", "复核中", "under superior review"),
)
CLOSED = State("closed", "办结", "closed", "end")


@dataclass(frozen=True, slots=True)
class Objection:
    """The objection to one kind of decision.

    `of`          what the events and limits of it begin with ("non_arrest");
    `received`    the event that brings the decision to the police, from which their days count;
    `asked`, `referred`, `reconsidered`, `reviewed`  the articles of asking, of turning to the superior, and of either
                  decision;
    `other`       the guard that another prosecutor decides; `handed_to` the guards of naming that person.
    """

    of: str
    received: str
    asked: tuple[Source, ...]
    referred: tuple[Source, ...]
    reconsidered: tuple[Source, ...]
    reviewed: tuple[Source, ...]
    other: str
    handed_to: tuple[str, ...]

    def asking(self, *, guards: tuple[str, ...] = (), guidance: str = "", guidance_zh: str = "") -> tuple[Step, ...]:
        """From the receipt of the decision to that of the request; `guards` and `guidance` are those of asking."""
        of = self.of
        return (
            self._opened,
            Step(
                "ask", "要求复议", "Ask for reconsideration",
                "police_legal", ("right_open",), "requested",
                facts=(Field("decision_contested", "ref"), REASONS),
                on_event=(self.received,),
                guards=guards,
                guidance=guidance,
                guidance_zh=guidance_zh,
                approval="police_chief",
                emits=(
                    f"{of}_reconsideration_requested",
                    Emit(f"{of}_reconsideration_received", on_receipt=True),
                ),
                starts=(f"{of}_reconsideration_decision",),
                stops=(f"{of}_reconsideration_request",),
                documents=("DOC-RECONSIDERATION-REQUEST",),
                certainty="verified",
                sources=self.asked,
            ),
            *self._lapsed_or_received,
        )

    @property
    def _opened(self) -> Step:
        """The decision has reached the police: their days begin."""
        return Step(
            "open", "收到决定", "Decision received",
            "police_legal", ("right_open",), SAME,
            on_event=(self.received,),
            follows=True,
            starts=(f"{self.of}_reconsideration_request",),
            certainty="verified",
            sources=self.asked,
        )

    @property
    def _lapsed_or_received(self) -> tuple[Step, ...]:
        """Nobody asked in time, or the request is at the desk."""
        return (
            Step(
                "lapse", "期满未要求", "Period ends",
                "clock", ("right_open",), "closed",
                after_expiry_of=(f"{self.of}_reconsideration_request",),
            ),
            Step(
                "receive", "受理复议", "Receive request and file",
                "case_manager", ("requested",), "reconsidering",
                receipts=True,
                facts=(Field("received_at", "datetime"), Field("handler", "ref")),
                occurred_by="received_at",
                assigns="handler",
                # The event and its clock come with the receipt, whether the desk stamped before or stamps by this step.
                guards=self.handed_to,
                certainty="verified",
                sources=self.reconsidered,
            ),
        )

    @property
    def uphold(self) -> Step:
        """The decision is upheld on reconsideration; the way to the superior is open."""
        of = self.of
        return Step(
            "uphold", "复议维持", "Decision upheld",
            "prosecutor", ("reconsidering",), "upheld",
            facts=(REASONS,),
            guards=(self.other,),
            approval="chief_procurator",
            emits=(
                f"{of}_reconsideration_decided",
                Emit(f"{of}_reconsideration_decision_received", on_receipt=True),
            ),
            starts=(f"{of}_review_request",),
            stops=(f"{of}_reconsideration_decision",),
            documents=("DOC-RECONSIDERATION-DECISION",),
            certainty="verified",
            sources=self.reconsidered,
        )

    @property
    def referring(self) -> tuple[Step, ...]:
        """From a decision that was upheld to the desk of the superior."""
        of = self.of
        return (
            Step(
                "ask_review", "提请复核", "Ask the superior",
                "police_legal", ("upheld",), "review_requested",
                on_event=(f"{of}_reconsideration_decision_received",),
                facts=(REASONS,),
                approval="police_chief",
                emits=(f"{of}_review_requested",),
                stops=(f"{of}_review_request",),
                documents=("DOC-REVIEW-REQUEST",),
                certainty="verified",
                sources=self.referred,
            ),
            Step(
                "lapse_review", "期满未提请", "Review period ends",
                "clock", ("upheld",), "closed",
                after_expiry_of=(f"{of}_review_request",),
            ),
            Step(
                "receive_review", "受理复核", "Superior receives",
                "superior_prosecutor", ("review_requested",), "reviewing",
                receipts=True,
                facts=(Field("received_at", "datetime"),),
                occurred_by="received_at",
                emits=(f"{of}_review_received",),
                starts=(f"{of}_review_decision",),
                certainty="verified",
                sources=self.reviewed,
            ),
        )

    def review(self, to: str, *, first: tuple[Emit, ...] = ()) -> Step:
        """The superior decides; `first` is what the decision itself records before it is one."""
        return Step(
            "review", "复核决定", "Superior decides",
            "superior_prosecutor", ("reviewing",), to,
            facts=OUTCOME,
            guidance="the chief procurator of the superior procuratorate approves",
            guidance_zh="由上一级人民检察院检察长批准",
            approval="superior_prosecutor",
            emits=(*first, f"{self.of}_review_decided"),
            stops=(f"{self.of}_review_decision",),
            documents=("DOC-REVIEW-DECISION",),
            certainty="verified",
            sources=self.reviewed,
        )

    @property
    def ladder(self) -> tuple[Rung, ...]:
        """Who is told of what, before and after the ends of its days."""
        of = self.of
        return (
            Rung(
                "-1d", f"{of}_reconsideration_request", ("police_legal",),
                "reminder: the right lapses", "提醒：期满不得再要求复议", step="ask",
            ),
            Rung(
                "-2d", f"{of}_reconsideration_decision", ("prosecutor", "chief_procurator"),
                "decision draft", "起草复议决定", step="uphold",
            ),
            Rung(
                "-1d", f"{of}_review_request", ("police_legal",),
                "reminder: the right lapses", "提醒：期满不得再提请复核", step="ask_review",
            ),
            Rung(
                "-3d", f"{of}_review_decision", ("superior_prosecutor",),
                "decision draft", "起草复核决定", step="review",
            ),
            Rung(
                "+1d", f"{of}_reconsideration_decision", ("chief_procurator", "case_manager"),
                "internal prompt", "内部提示",
            ),
        )

    @property
    def rights_that_lapse(self) -> tuple[OpenAtEnd, ...]:
        """The rights of the police, which end by themselves."""
        return (
            OpenAtEnd(f"{self.of}_reconsideration_request", "lapses"),
            OpenAtEnd(f"{self.of}_review_request", "lapses"),
        )
