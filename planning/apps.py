"""Django's description of the app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Planung"

    def ready(self) -> None:
        from planning import agreement, jumps, kinds, registered  # noqa: F401  (rules, kinds and pages register themselves)
