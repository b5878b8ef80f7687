"""The settings of operation, with styles and scripts from the sources: nothing has been collected."""

from lsz_portal.settings import *  # noqa: F403
from lsz_portal.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
