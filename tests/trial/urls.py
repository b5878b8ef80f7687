"""The portal's addresses, with those of the room before the ones that would take any municipality's page."""

from django.urls import include, path

from lsz_portal.urls import *  # noqa: F403
from lsz_portal.urls import urlpatterns as portal
from records.kind_urls import urls_of_kind
from tests.trial.kinds import KINDS

trial = [urls_of_kind(kind) for kind in KINDS]
urlpatterns = [path("", include((trial, "trial"))), *portal]
