"""The addresses of the first floor: work list, cases, log, proceedings, drafts, papers, inbox."""

from __future__ import annotations

from django.urls import path

from cases.views import (
    activity,
    calendar,
    case,
    case_list,
    deadline,
    draft,
    event,
    handover,
    inbox,
    paper,
    proceeding,
    registration,
    suspect,
    work_list,
)

urlpatterns = [
    path("", work_list.work_list, name="work-list"),
    path("cases/", case_list.case_list, name="case-list"),
    path("cases/new/", registration.register, name="case-register"),
    path("cases/<uuid:pk>/", case.case, name="case"),
    path("cases/<uuid:pk>/timeline/", case.timeline, name="case-timeline"),
    path("cases/<uuid:pk>/suspects/new/", registration.add_suspect, name="suspect-add"),
    path("suspects/<uuid:pk>/identity/", suspect.identity, name="suspect-identity"),
    path("cases/<uuid:pk>/assign/", registration.assign, name="case-assign"),
    path("cases/<uuid:pk>/log/", activity.choose, name="activity-choose"),
    path("cases/<uuid:pk>/log/<slug:kind>/", activity.log, name="activity-log"),
    path("cases/<uuid:pk>/events/", event.choose, name="event-choose"),
    path("cases/<uuid:pk>/events/new/", event.new, name="event-new"),
    path("events/<uuid:pk>/", event.entry, name="event-entry"),
    path("events/<uuid:pk>/correct/", event.correct, name="event-correct"),
    path("cases/<uuid:pk>/begin/<slug:process>/<slug:step>/", proceeding.begin, name="proceeding-begin"),
    path("begin/<slug:process>/<slug:step>/", proceeding.begin, name="office-begin"),
    path("activities/<uuid:pk>/", activity.activity, name="activity"),
    path("activities/<uuid:pk>/correct/", activity.correct, name="activity-correct"),
    path("proceedings/<uuid:pk>/", proceeding.proceeding, name="proceeding"),
    path("proceedings/<uuid:pk>/steps/<slug:step>/", proceeding.take_step, name="step-take"),
    path("drafts/<uuid:pk>/", draft.draft, name="draft"),
    path("deadlines/<uuid:pk>/why/", deadline.why, name="deadline-why"),
    path("handover/", handover.choose, name="handover"),
    path("handover/<uuid:pk>/", handover.person, name="handover-person"),
    path("calendar/", calendar.index, name="calendar"),
    path("calendar/<uuid:pk>/", calendar.table, name="calendar-table"),
    path("calendar/<uuid:pk>/progress/", calendar.progress, name="calendar-progress"),
    path("calendar/<uuid:pk>/preview/", calendar.preview, name="calendar-preview"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read, name="inbox-read"),
    path("documents/<uuid:pk>/", paper.document, name="document"),
    path("documents/<uuid:pk>/file/", paper.file, name="document-file"),
    path("check/<slug:digest>/", paper.check, name="document-check"),
]
