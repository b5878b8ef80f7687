"""Web entry point for gunicorn: ``gunicorn lsz_portal.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsz_portal.settings")
application = get_wsgi_application()
