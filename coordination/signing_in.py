"""Signing in; in a demonstration also as one of its people, with one click.

Who the people of the demonstration are stands on the top floor, named here by dotted string only.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView

DEMONSTRATION = "supervision.demo.signins"
"""A module with `offered() -> roles with their people` and `answers(login) -> form data, empty for a stranger`."""


class SignIn(LoginView):
    """The form; in a demonstration, `person` instead of a login and a password is one of the demo people."""

    template_name = "coordination/login.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill the form for the person who was clicked; everything else is as for anybody."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if settings.DEMO and "person" in self.request.POST:
            kwargs["data"] = import_module(DEMONSTRATION).answers(self.request.POST["person"])
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the demo people in a demonstration."""
        page: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            page["demo_roles"] = import_module(DEMONSTRATION).offered()
        return page
