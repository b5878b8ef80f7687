"""Web entry point for gunicorn: ``gunicorn lsz_portal.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsz_portal.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402

from lsz_portal.warming import warm_up  # noqa: E402  the applications must be ready

warm_up()
connections.close_all()  # processes that are split off from this one open their own
