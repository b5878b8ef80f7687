"""Web entry point for gunicorn: ``gunicorn lsz_portal.wsgi``."""

import gc
import os

import django
from django.db import connections

from lsz_portal.requests import PortalHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsz_portal.settings")
django.setup(set_prefix=False)

from lsz_portal.warming import warm_up  # noqa: E402  it reads models, which there are only now

application = PortalHandler()
warm_up()
connections.close_all()  # processes that are split off from this one open their own
gc.collect()
gc.freeze()  # what was read stays; nobody need look through it again, and split off processes share its memory
