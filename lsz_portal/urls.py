"""All addresses of the portal (SPEC §9)."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("planning.urls")),
    path("", include("participation.urls")),
    path("", include("reporting.urls")),
]
