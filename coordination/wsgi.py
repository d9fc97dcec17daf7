"""What a server that speaks WSGI calls. Nothing is decided here."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")

application = get_wsgi_application()
