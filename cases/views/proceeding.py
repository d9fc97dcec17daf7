"""A proceeding: where it stands and what may be done, the form of a step, and beginning a procedure."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import select_template
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from cases import confirming, prefilling, repeating, sides, step_pages, steps, turning
from cases.forms.step import BeginForm, Matter, StepForm
from cases.models import Draft, Proceeding, Step
from cases.pages import proceeding as proceeding_page
from cases.pages import step as step_page
from cases.views import loading
from cases.views.loading import SeeOther
from cases.views.settling import settle
from coordination.errors import Conflict, NotVisible, Refused, Version
from coordination.law.procedure import Process
from coordination.law.procedure import Step as DeclaredStep
from coordination.law.processes import all_processes
from coordination.middleware import PresentRequest
from coordination.models import Organisation
from coordination.reader import language

NEEDS_A_CASE = frozenset({"case", "suspect"})


@login_required
@require_safe
def proceeding(request: PresentRequest, pk: UUID) -> HttpResponse:
    """Where the procedure stands, how it came there, what comes next, and what if nobody answers."""
    row = loading.proceeding(request, pk)
    shown = proceeding_page.shown(row, user=request.user, who=request.standing, now=request.now)
    return render(request, "cases/proceeding.html", {"shown": shown})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_step(request: PresentRequest, pk: UUID, step: str) -> HttpResponse:
    """The form of a step with its law; sent, the step is taken, or refused with every reason and its article."""
    row = loading.proceeding(request, pk)
    declared = _declared(row.declared, step)
    matter = Matter(declared, row.case, row, request.now, request.user)
    if request.method != "POST" and (own_page := step_pages.address(row, step)):
        return redirect(own_page)
    if request.method != "POST":
        return _form_page(request, row, StepForm(matter, initial=_initial(request, row, declared)))
    form = StepForm(matter, request.POST)
    if not form.is_valid():
        return _form_page(request, row, form)
    try:
        return _take(request, row, form)
    except Refused as refused:
        form.refuse(refused.reasons)
        return _form_page(request, row, form, status=loading.status_of(refused.reasons))
    except Conflict as conflict:
        return _conflict(request, row, form, conflict)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PresentRequest, process: str, step: str, pk: UUID | None = None) -> HttpResponse:
    """The form of the first step of a procedure; sent, the procedure begins with it. Without `pk` there is no case."""
    declared = all_processes().get(process)
    if declared is None or (pk is None and declared.subject in NEEDS_A_CASE):
        raise NotVisible(f"process {process}")
    case = loading.case(request, pk) if pk is not None else None
    first = _declared(declared, step)
    organs = () if case is not None else _organs(declared, request)
    matter = Matter(first, case, None, request.now, request.user, organs)
    initial: dict[str, object] = {"suspect": request.GET.get("suspect", ""), "shown_at": request.now}
    initial |= prefilling.for_beginning(process, step, organs=organs, actor=request.user, now=request.now)
    if case is not None:
        initial |= {"case": str(case.pk), "unit": str(case.unit_id)}
    form = BeginForm(matter, loading.sent(request), initial=initial, subject=declared.subject)
    answer, status = settle(form, lambda: _begin(request, declared, form))
    page = {"shown": step_page.beginning(declared, first), "form": form, "case": case, "row": None}
    return answer or render(request, _template(declared, first), page, status=status)


def _organs(declared: Process, request: PresentRequest) -> tuple[Organisation, ...]:
    """The organs of a matter without a case, as the person who begins it stands."""
    mine, other = sides.of_office(declared, actor=request.user, at=request.now)
    return (mine, other) if other is not None else (mine,)


def _take(request: PresentRequest, row: Proceeding, form: StepForm) -> HttpResponse:
    """Take the step and say what it turned; the same step sent twice is taken once."""
    declared = form.matter.step
    facts = steps.typed(declared, form.facts())
    seen = form.cleaned_data["seen_version"]
    if repeating.is_done(row, declared.id, actor=request.user, facts=facts, since=seen):
        messages.info(request, gettext("This was already recorded."))
        return SeeOther(reverse("proceeding", args=[row.pk]))
    with transaction.atomic():
        before = turning.of_proceeding(row)
        done = steps.take(request.user, row, declared.id, facts=facts, at=request.now, seen_version=seen)
        turned = turning.since(before)
    clocks = confirming.clocks(turned, clearance=request.standing.clearance)
    messages.success(request, _done(done, declared, clocks), extra_tags=draft_key(request, form))
    return SeeOther(reverse("proceeding", args=[row.pk]))


def _begin(request: PresentRequest, process: Process, form: BeginForm) -> HttpResponse:
    declared, case = form.matter.step, form.matter.case
    facts = steps.typed(declared, form.facts())
    known = repeating.begun(
        case, process.id, declared.id, actor=request.user, facts=facts, since=form.cleaned_data["shown_at"]
    )
    if known is not None:
        messages.info(request, gettext("This was already recorded."))
        return SeeOther(reverse("proceeding", args=[known.pk]))
    with transaction.atomic():
        before = turning.of_case(case) if case is not None else None
        done = steps.begin(
            request.user,
            process.id,
            declared.id,
            case=case,
            suspect=form.suspect(),
            facts=facts,
            at=request.now,
        )
        turned = turning.since(before or turning.of_proceeding(done.proceeding).emptied())
    clocks = confirming.clocks(turned, clearance=request.standing.clearance)
    messages.success(request, _done(done, declared, clocks), extra_tags=draft_key(request, form))
    return SeeOther(reverse("proceeding", args=[done.proceeding_id]))


def _done(done: Step | Draft, declared: DeclaredStep, clocks: str) -> str:
    title = declared.name(language())
    if isinstance(done, Draft):
        said = gettext("Submitted for approval: %(step)s.") % {"step": title}
    else:
        said = gettext("Recorded: %(step)s.") % {"step": title}
    return f"{said} {clocks}".strip()


def draft_key(request: PresentRequest, form: StepForm) -> str:
    """The name under which the browser keeps what is being written; it names the person and the form."""
    where = form.matter.proceeding or form.matter.case
    return f"{request.user.login}:{where.pk if where else ''}:{form.matter.step.id}"


def _initial(request: PresentRequest, row: Proceeding, declared: DeclaredStep) -> Mapping[str, object]:
    draft = row.drafts.filter(step=declared.id, outcome=Draft.Outcome.OPEN).first()
    known = prefilling.offered(row, declared, draft=draft, actor=request.user, now=request.now)
    return {**known, "seen_version": row.version}


def _form_page(
    request: PresentRequest, row: Proceeding, form: StepForm, *, status: int | None = None
) -> HttpResponse:
    """The form; or, where the step is not possible, every reason with its article and no form."""
    declared = form.matter.step
    facts = form.facts() if hasattr(form, "cleaned_data") else dict(form.initial)
    shown = step_page.shown(row, declared, actor=request.user, now=request.now, facts=facts)
    if shown.reasons:
        status = loading.status_of(shown.reasons)
    elif status is None:
        status = 422 if form.is_bound else 200
    page = {"shown": shown, "form": form, "row": row, "case": row.case, "draft_key": draft_key(request, form)}
    return render(request, _template(row.declared, declared), page, status=status)


def _conflict(request: PresentRequest, row: Proceeding, form: StepForm, conflict: Conflict) -> HttpResponse:
    """Someone was faster: what was seen, what stands now, and what was entered."""
    declared, entered = form.matter.step, form.facts()
    page = {
        "seen": _worded(row, conflict.seen), "found": _worded(row, conflict.found),
        "url": reverse("step-take", args=[row.pk, declared.id]),
        "kept": step_page.rows_of(declared.facts, entered, step_page.names_of(entered.values(), row.case)),
    }  # fmt: skip
    return render(request, "409.html", page, status=409)


def _worded(row: Proceeding, version: Version) -> Version:
    """A version in the reader's words."""
    lang, process = language(), row.declared
    step = process.step(version.step).name(lang) if version.step else ""
    return Version(version.number, process.state(version.state).name(lang), step, version.actor)


def _declared(process: Process, step: str) -> DeclaredStep:
    try:
        return process.step(step)
    except KeyError:
        raise NotVisible(f"step {step}") from None


def _template(process: Process, declared: DeclaredStep) -> str:
    """The page of a step; a step that needs a screen of its own has a template of its own."""
    own = f"cases/steps/{process.id}/{declared.id}.html"
    name: str = select_template([own, "cases/step.html"]).template.name
    return name
