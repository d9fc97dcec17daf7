"""What a server that speaks ASGI calls. Nothing is decided here."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")

application = get_asgi_application()
