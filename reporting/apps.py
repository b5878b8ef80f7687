"""Django's description of the app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Berichte"

    def ready(self) -> None:
        from reporting import (
            kinds,  # noqa: F401
            registered,  # noqa: F401  (pages and ways register themselves)
        )
