"""Django's description of the app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Planung"

    def ready(self) -> None:
        from planning import agreement, kinds, registered  # noqa: F401  (rules, kinds and pages register themselves)
