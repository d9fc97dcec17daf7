"""The API to be read and tried in a browser, by whoever is signed in; everything on the page comes from this server."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularSwaggerSplitView


@method_decorator(login_required, name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """The schema as pages; its script is an address of its own, because no script stands in a page here."""

    url_name = "api-schema"
    template_name = "cases/api_docs.html"


def summarise(result: dict[str, Any], **around: Any) -> dict[str, Any]:
    """Give every operation of the schema its first sentence as its line in lists; named by settings."""
    for operations in result.get("paths", {}).values():
        for operation in operations.values():
            first, _, _ = operation.get("description", "").partition(". ")
            operation.setdefault("summary", first.rstrip("."))
    return result
