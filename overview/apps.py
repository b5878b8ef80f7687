"""Django's description of the app."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "overview"
    verbose_name = "Übersicht"

    def ready(self) -> None:
        from overview import registered  # noqa: F401  (pages and ways register themselves)
