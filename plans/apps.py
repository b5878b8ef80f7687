"""Django's description of the app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Pläne"

    def ready(self) -> None:
        from plans import registered  # noqa: F401  (pages and ways register themselves)
