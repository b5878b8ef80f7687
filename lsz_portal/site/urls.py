"""Addresses of the pages of the site itself."""

from django.urls import path

from lsz_portal.site import design, views

app_name = "site"
urlpatterns = [
    path("gesundheit/", views.health, name="health"),
    path("barrierefreiheit/", views.accessibility, name="accessibility"),
    path("gestaltung/", design.design, name="design"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("impressum/", views.imprint, name="imprint"),
]
