"""Django's description of the app."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "insight"
    verbose_name = "Zusammenhänge"

    def ready(self) -> None:
        from insight import registered  # noqa: F401  (pages and ways register themselves)
