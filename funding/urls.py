"""Addresses of funding."""

from records.kind_urls import record_urls

app_name = "funding"
urlpatterns = [*record_urls("funding")]
