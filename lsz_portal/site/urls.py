"""The address of the page that shows every part of the interface."""

from django.urls import path

from lsz_portal.site import design

app_name = "site"
urlpatterns = [path("gestaltung/", design.design, name="design")]
