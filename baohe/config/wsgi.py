"""What the server process loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
application = get_wsgi_application()

# Django loads the faces at the first request; a process that has not done so yet would let a customer wait for it.
from django.urls import get_resolver  # noqa: E402 - after the setup

_ = get_resolver().url_patterns
