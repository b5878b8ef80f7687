"""Addresses of planning."""

from planning.flow_urls import urlpatterns_extra
from records.kind_urls import record_urls

app_name = "planning"
urlpatterns = [*urlpatterns_extra, *record_urls("planning")]
