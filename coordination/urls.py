"""The addresses of the whole product. Apps above are named by dotted string only."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from coordination import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("i18n/", include("django.conf.urls.i18n")),
]
