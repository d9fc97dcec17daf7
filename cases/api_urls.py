"""The addresses of the API, below `api/`."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from cases import (
    api,
    api_clocks,
    api_drafts,
    api_law,
    api_log,
    api_matters,
    api_papers,
    api_people,
    api_tokens,
)
from cases.api_base import Nowhere
from cases.api_docs import Docs

urlpatterns = [
    path("v1/token/", api_tokens.TokenView.as_view(), name="api-token"),
    path("v1/me/", api_people.Me.as_view(), name="api-me"),
    path("v1/people/", api_people.Colleagues.as_view(), name="api-people"),
    path("v1/organisations/", api_people.Organs.as_view(), name="api-organisations"),
    path("v1/cases/", api.Cases.as_view(), name="api-cases"),
    path("v1/cases/<uuid:pk>/", api.OneCase.as_view(), name="api-case"),
    path("v1/cases/<uuid:pk>/suspects/", api.Suspects.as_view(), name="api-suspects"),
    path("v1/cases/<uuid:pk>/activities/", api_log.Activities.as_view(), name="api-activities"),
    path("v1/cases/<uuid:pk>/proceedings/", api_matters.Begin.as_view(), name="api-begin"),
    path("v1/suspects/<uuid:pk>/identity/", api.Identity.as_view(), name="api-identity"),
    path("v1/activities/<uuid:pk>/", api_log.OneActivity.as_view(), name="api-activity"),
    path("v1/activities/<uuid:pk>/correct/", api_log.Correction.as_view(), name="api-activity-correct"),
    path("v1/proceedings/", api_matters.Proceedings.as_view(), name="api-proceedings"),
    path("v1/proceedings/<uuid:pk>/", api_matters.OneProceeding.as_view(), name="api-proceeding"),
    path("v1/proceedings/<uuid:pk>/steps/<slug:step>/", api_matters.Taking.as_view(), name="api-step"),
    path("v1/drafts/", api_drafts.Drafts.as_view(), name="api-drafts"),
    path("v1/drafts/<uuid:pk>/", api_drafts.OneDraft.as_view(), name="api-draft"),
    path("v1/drafts/<uuid:pk>/approve/", api_drafts.Approval.as_view(), name="api-draft-approve"),
    path("v1/drafts/<uuid:pk>/return/", api_drafts.Return.as_view(), name="api-draft-return"),
    path("v1/deadlines/", api_clocks.Deadlines.as_view(), name="api-deadlines"),
    path("v1/deadlines/<uuid:pk>/", api_clocks.OneDeadline.as_view(), name="api-deadline"),
    path("v1/documents/", api_papers.Documents.as_view(), name="api-documents"),
    path("v1/documents/<uuid:pk>/", api_papers.OneDocument.as_view(), name="api-document"),
    path("v1/documents/<uuid:pk>/file/", api_papers.File.as_view(), name="api-document-file"),
    path("v1/messages/", api_papers.Messages.as_view(), name="api-messages"),
    path("v1/messages/read/", api_papers.ReadMessages.as_view(), name="api-messages-read"),
    path("v1/limits/", api_law.Limits.as_view(), name="api-limits"),
    path("v1/limits/<slug:limit>/", api_law.OneLimit.as_view(), name="api-limit"),
    path("v1/processes/", api_law.Processes.as_view(), name="api-processes"),
    path("v1/processes/<slug:process>/", api_law.OneProcess.as_view(), name="api-process"),
    path("v1/activity-kinds/", api_law.ActivityKinds.as_view(), name="api-activity-kinds"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("", Nowhere.as_view(), name="api-root"),
    path("<path:rest>", Nowhere.as_view(), name="api-nowhere"),
]
