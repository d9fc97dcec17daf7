"""The addresses of the whole product. Apps above are named by dotted string only."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path

from coordination import health
from coordination.gallery.views import gallery
from coordination.signing_in import SignIn

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sign-in/", SignIn.as_view(), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("gallery/", gallery, name="gallery"),
    path("api/v1/", include("supervision.api.urls")),
    path("api/", include("cases.api.urls")),
    path("", include("supervision.urls")),
    path("", include("cases.urls")),
]

# Below `api/` in the one shape of the API, elsewhere as pages.
handler400 = "cases.api.faults.bad_request"
handler403 = "cases.api.faults.forbidden"
handler404 = "cases.api.faults.not_found"
handler500 = "cases.api.faults.failed"
