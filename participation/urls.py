"""Addresses of participation."""

from participation.flow_urls import urlpatterns_extra
from records.kind_urls import record_urls

app_name = "participation"
urlpatterns = [*urlpatterns_extra, *record_urls("participation")]
