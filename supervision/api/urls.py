"""The addresses of the top floor of the API, below `api/v1/`."""

from __future__ import annotations

from django.urls import path

from supervision.api import areas, board, findings, opinions, registers

urlpatterns = [
    path("leads/", findings.Leads.as_view(), name="api-leads"),
    path("findings/", findings.Findings.as_view(), name="api-findings"),
    path("findings/<uuid:pk>/", findings.OneFinding.as_view(), name="api-finding"),
    path("opinions/", opinions.Opinions.as_view(), name="api-opinions"),
    path("opinions/<uuid:pk>/", opinions.OneOpinion.as_view(), name="api-opinion"),
    path("notices/<uuid:pk>/draft/", opinions.NoticeDraft.as_view(), name="api-notice-draft"),
    path("board/", board.Board.as_view(), name="api-board"),
    path("board/deadlines/", board.Running.as_view(), name="api-board-deadlines"),
    path("board/custody/", board.Custody.as_view(), name="api-board-custody"),
    path("board/matters/", board.Matters.as_view(), name="api-board-matters"),
    path("board/decisions/", board.Decisions.as_view(), name="api-board-decisions"),
    path("board/unanswered/", board.Unanswered.as_view(), name="api-board-unanswered"),
    path("reported/", board.Reported.as_view(), name="api-reported"),
    path("reported/counts/", board.ReportedCounts.as_view(), name="api-reported-counts"),
    path("areas/", areas.Areas.as_view(), name="api-areas"),
    path("areas/<slug:area>/", areas.OneArea.as_view(), name="api-area"),
    path("areas/<slug:area>/deadlines/", areas.AreaDeadlines.as_view(), name="api-area-deadlines"),
    path("areas/<slug:area>/matters/", areas.AreaMatters.as_view(), name="api-area-matters"),
    path("registers/", registers.Registers.as_view(), name="api-registers"),
    path("registers/<slug:register>/", registers.OneRegister.as_view(), name="api-register"),
]
