"""The addresses of the API, below `api/`."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from cases.api import (
    calendar,
    cases,
    clocks,
    drafts,
    events,
    law,
    local_rules,
    log,
    matters,
    papers,
    people,
    tokens,
)
from cases.api.base import Nowhere
from cases.api.docs import Docs

urlpatterns = [
    path("v1/token/", tokens.TokenView.as_view(), name="api-token"),
    path("v1/me/", people.Me.as_view(), name="api-me"),
    path("v1/people/", people.Colleagues.as_view(), name="api-people"),
    path("v1/organisations/", people.Organs.as_view(), name="api-organisations"),
    path("v1/cases/", cases.Cases.as_view(), name="api-cases"),
    path("v1/cases/<uuid:pk>/", cases.OneCase.as_view(), name="api-case"),
    path("v1/cases/<uuid:pk>/suspects/", cases.Suspects.as_view(), name="api-suspects"),
    path("v1/cases/<uuid:pk>/activities/", log.Activities.as_view(), name="api-activities"),
    path("v1/cases/<uuid:pk>/proceedings/", matters.Begin.as_view(), name="api-begin"),
    path("v1/cases/<uuid:pk>/events/", events.Events.as_view(), name="api-events"),
    path("v1/suspects/<uuid:pk>/identity/", cases.Identity.as_view(), name="api-identity"),
    path("v1/activities/<uuid:pk>/", log.OneActivity.as_view(), name="api-activity"),
    path("v1/activities/<uuid:pk>/correct/", log.Correction.as_view(), name="api-activity-correct"),
    path("v1/proceedings/", matters.Proceedings.as_view(), name="api-proceedings"),
    path("v1/proceedings/<uuid:pk>/", matters.OneProceeding.as_view(), name="api-proceeding"),
    path("v1/proceedings/<uuid:pk>/steps/<slug:step>/", matters.Taking.as_view(), name="api-step"),
    path("v1/drafts/", drafts.Drafts.as_view(), name="api-drafts"),
    path("v1/drafts/<uuid:pk>/", drafts.OneDraft.as_view(), name="api-draft"),
    path("v1/drafts/<uuid:pk>/approve/", drafts.Approval.as_view(), name="api-draft-approve"),
    path("v1/drafts/<uuid:pk>/return/", drafts.Return.as_view(), name="api-draft-return"),
    path("v1/deadlines/", clocks.Deadlines.as_view(), name="api-deadlines"),
    path("v1/deadlines/<uuid:pk>/", clocks.OneDeadline.as_view(), name="api-deadline"),
    path("v1/documents/", papers.Documents.as_view(), name="api-documents"),
    path("v1/documents/<uuid:pk>/", papers.OneDocument.as_view(), name="api-document"),
    path("v1/documents/<uuid:pk>/file/", papers.File.as_view(), name="api-document-file"),
    path("v1/messages/", papers.Messages.as_view(), name="api-messages"),
    path("v1/messages/read/", papers.ReadMessages.as_view(), name="api-messages-read"),
    path("v1/limits/", law.Limits.as_view(), name="api-limits"),
    path("v1/limits/<slug:limit>/", law.OneLimit.as_view(), name="api-limit"),
    path("v1/calendar/", calendar.Tables.as_view(), name="api-calendar"),
    path("v1/local-rules/", local_rules.LocalRules.as_view(), name="api-local-rules"),
    path("v1/processes/", law.Processes.as_view(), name="api-processes"),
    path("v1/processes/<slug:process>/", law.OneProcess.as_view(), name="api-process"),
    path("v1/activity-kinds/", law.ActivityKinds.as_view(), name="api-activity-kinds"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("", Nowhere.as_view(), name="api-root"),
    path("<path:rest>", Nowhere.as_view(), name="api-nowhere"),
]
