"""How the API pages its lists: by key, never by offset, so that a page costs the same however deep it lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class ByKey(CursorPagination):
    """Newest first: UUIDv7 keys are in the order in which their rows were made."""

    ordering = "-id"
    page_size_query_param = "page_size"
    max_page_size = 500

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        """Return the rows of a page; a cursor that somebody wrote leads nowhere (404)."""
        try:
            with transaction.atomic():
                return super().paginate_queryset(queryset, request, view)
        except (ValidationError, ValueError, DataError):
            raise NotFound(self.invalid_cursor_message) from None
