"""The addresses of the top floor: board, reports, areas, leads, possible findings, notices, rulebook, registers."""

from __future__ import annotations

from django.urls import path

from supervision.views import area, board, lead, local_rules, notice, register, reported, rulebook, suggestion

urlpatterns = [
    path("office/", board.board, name="office-board"),
    path("office/list/", board.rows, name="office-list"),
    path("reported/", reported.reported, name="reported"),
    path("areas/", area.areas, name="areas"),
    path("areas/<slug:code>/", area.area, name="area"),
    path("areas/<slug:code>/list/", area.rows, name="area-list"),
    path("leads/new/", lead.new, name="lead-new"),
    path("possible/", suggestion.index, name="possible"),
    path("possible/<uuid:pk>/", suggestion.one, name="possible-one"),
    path("notices/<uuid:pk>/draft/", notice.draft, name="notice-draft"),
    path("notices/<uuid:pk>/sheet/", notice.sheet, name="notice-sheet"),
    path("notices/<uuid:pk>/pdf/", notice.pdf, name="notice-pdf"),
    path("rulebook/", rulebook.search, name="rulebook"),
    path("rulebook/calculator/", rulebook.calculator, name="rulebook-calculator"),
    path("rulebook/<slug:limit_id>/", rulebook.limit, name="limit"),
    path("local-rules/", local_rules.index, name="local-rules"),
    path("local-rules/new/", local_rules.new, name="local-rule-new"),
    path("local-rules/<uuid:pk>/", local_rules.rule, name="local-rule"),
    path("registers/", register.index, name="registers"),
    path("registers/<slug:code>/", register.register, name="register"),
    path("registers/<slug:code>/csv/", register.export, name="register-csv"),
]
