"""The log: choosing a kind, entering an activity, reading an entry, correcting it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from cases import confirming
from cases.forms.activity import EntryForm, Scene, defaults, initial_of
from cases.logbook import activities
from cases.logbook.entries import kind_of
from cases.models import Activity, Case, Suspect
from cases.pages import activity as activity_page
from cases.pages import case as case_page
from cases.views import loading
from cases.views.loading import SeeOther
from cases.views.settling import settle
from coordination import policy
from coordination.components import Link
from coordination.errors import Conflict, NotVisible, Refused, Version
from coordination.law.catalogue import catalogue
from coordination.law.history import Reason
from coordination.law.kinds import ActivityKind
from coordination.middleware import PresentRequest
from coordination.models import Organisation
from coordination.reader import language

FORM = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def choose(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The kinds of activity, and why some cannot be entered here."""
    case = _loggable(request, pk)
    groups = activity_page.kinds(case, who=request.standing, suspect=request.GET.get("suspect", "")[:36])
    crumbs = case_page.crumbs(case, Link(gettext("Log an activity")))
    return render(request, "cases/activity_choose.html", {"case": case, "groups": groups, "crumbs": crumbs})


@login_required
@require_http_methods(FORM)
def log(request: PresentRequest, pk: UUID, kind: str) -> HttpResponse:
    """The form of one kind with everything known filled in; sent, the entry does all it stands for."""
    case = _loggable(request, pk)
    known = _kind(kind)
    scene = Scene(case, known, request.user, _unit(request, case), request.now)
    form = EntryForm(scene, loading.sent(request), initial=_initial(request, scene))
    answer, status = settle(form, lambda: _log(request, form))
    return answer or _page(request, form, status=status)


@login_required
@require_safe
def activity(request: PresentRequest, pk: UUID) -> HttpResponse:
    """An entry with its versions and what it did."""
    row = loading.activity(request, pk)
    shown = activity_page.entry(row, user=request.user, who=request.standing, now=request.now)
    return render(request, "cases/activity.html", {"shown": shown, "case": row.case})


@login_required
@require_http_methods(FORM)
def correct(request: PresentRequest, pk: UUID) -> HttpResponse:
    """The entry again, to be corrected by a new version that says why; the old one stays."""
    row = loading.activity(request, pk)
    loading.require(request, "activity.correct")
    _of_own_organ(request, row.case)
    known = activities.entry_of(row)
    scene = Scene(row.case, kind_of(row.kind), request.user, row.unit, request.now, is_correction=True)
    form = EntryForm(scene, loading.sent(request), initial=initial_of(known))
    try:
        answer, status = settle(form, lambda: _correct(request, row, form))
    except Conflict as conflict:
        return _conflict(request, row, conflict)
    return answer or _page(request, form, corrects=row, status=status)


def _correct(request: PresentRequest, row: Activity, form: EntryForm) -> HttpResponse:
    reason = form.cleaned_data["correction_reason"]
    done = activities.correct(request.user, row, form.entry(), reason=reason, at=request.now)
    clocks = confirming.clocks(done.turned, clearance=request.standing.clearance)
    said = f"{gettext('Corrected; the old version stays.')} {clocks}"
    messages.success(request, said.strip(), extra_tags=draft_key(request, form))
    return SeeOther(reverse("activity", args=[done.activity.pk]))


def _log(request: PresentRequest, form: EntryForm) -> HttpResponse:
    """Log the entry, say what it did, and go back to the case."""
    done = activities.log(request.user, form.entry(), at=request.now)
    case, kind = form.scene.case, form.scene.kind
    where = SeeOther(reverse("case", args=[case.pk]))
    title = kind.name(language())
    if not done.is_new:
        messages.info(
            request, gettext("“%(kind)s” was already entered; nothing was added.") % {"kind": title}
        )
        return where
    said = [gettext("Entered: %(kind)s.") % {"kind": title}]
    for draft in done.submitted:
        step = draft.proceeding.declared.step(draft.step).name(language())
        said.append(gettext("Submitted for approval: %(step)s.") % {"step": step})
    said.append(confirming.clocks(done.turned, clearance=request.standing.clearance))
    key = f"{request.user.login}:{case.pk}:{kind.code}"
    messages.success(request, " ".join(part for part in said if part), extra_tags=key)
    return where


def _page(
    request: PresentRequest, form: EntryForm, *, corrects: Activity | None = None, status: int
) -> HttpResponse:
    scene = form.scene
    title = scene.kind.name(language())
    page = {
        "form": form, "kind": scene.kind, "case": scene.case, "corrects": corrects,
        "draft_key": draft_key(request, form),
        "crumbs": case_page.crumbs(
            scene.case, Link(gettext("Log an activity"), reverse("activity-choose", args=[scene.case.pk])), Link(title)
        ),
    }  # fmt: skip
    return render(request, "cases/activity_log.html", page, status=status)


def draft_key(request: PresentRequest, form: EntryForm) -> str:
    """The name under which the browser keeps what is being written; it names the person and the form."""
    what = "correct:" if form.scene.is_correction else ""
    return f"{request.user.login}:{form.scene.case.pk}:{what}{form.scene.kind.code}"


def _initial(request: PresentRequest, scene: Scene) -> dict[str, object]:
    """What is known: the suspect of the address, the last entry of the kind, or one that is repeated."""
    mine = Activity.objects.filter(case=scene.case, kind=scene.kind.code, corrected_by__isnull=True)
    last = mine.filter(recorded_by=request.user).order_by("-recorded_at", "-id").first()
    suspect = _suspect(request, scene.case)
    found = defaults(scene, suspect=suspect, last=last)
    if request.GET.get("repeat") == "last" and last is not None:
        again = initial_of(activities.entry_of(last))
        found |= {
            name: value for name, value in again.items() if not name.endswith(("_at", "_on", "late_reason"))
        }
    return found


def _suspect(request: PresentRequest, case: Case) -> Suspect | None:
    try:
        key = UUID(request.GET.get("suspect", ""))
    except ValueError:
        return None
    rows = policy.visible(request.user, Suspect, now=request.now, who=request.standing)
    return rows.select_related("held_at").filter(case=case, pk=key).first()


def _loggable(request: PresentRequest, pk: UUID) -> Case:
    """The case, for those who may log in it at all; whether this entry may be made is for the verb."""
    case = loading.case(request, pk)
    loading.require(request, "activity.log")
    _of_own_organ(request, case)
    return case


def _of_own_organ(request: PresentRequest, case: Case) -> None:
    who = request.standing
    if case.police_id in who.organs or case.suspects.filter(held_at__in=who.houses).exists():
        return
    raise Refused(Reason("role", "reserved to the police of the case", "只能由本案公安人员录入"))


def _unit(request: PresentRequest, case: Case) -> Organisation:
    """The own unit, at the police of the case or at the detention house."""
    held = [one.at for one in request.standing.held]
    own = [unit for unit in held if unit.organ.pk == case.police_id]
    houses = [unit for unit in held if unit.kind == Organisation.Kind.DETENTION_HOUSE]
    return next(iter((*own, *houses)), case.unit)


def _kind(code: str) -> ActivityKind:
    kind = catalogue().activities.get(code)
    if kind is None:
        raise NotVisible(f"activity {code}")
    return kind


def _conflict(request: PresentRequest, row: Activity, conflict: Conflict) -> HttpResponse:
    """Someone else corrected the entry meanwhile."""
    title = kind_of(row.kind).name(language())
    seen, found = (Version(side.number, title, "", side.actor) for side in (conflict.seen, conflict.found))
    newest = activities.versions(row)[-1]
    page = {"seen": seen, "found": found, "url": reverse("activity", args=[newest.pk]), "kept": ()}
    return render(request, "409.html", page, status=409)
