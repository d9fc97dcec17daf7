"""How the API pages its lists: by key, never by offset, so that a page costs the same however deep it lies."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class ByKey(CursorPagination):
    """Newest first: UUIDv7 keys are in the order in which their rows were made."""

    ordering = "-id"
    page_size_query_param = "page_size"
    max_page_size = 500
