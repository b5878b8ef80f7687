"""The portal's settings with one page more: the floor."""

from lsz_portal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floor"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
