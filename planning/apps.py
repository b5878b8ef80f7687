"""Django's description of the app; keeps the triggers that protect history rows."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Planung"

    def ready(self) -> None:
        from planning import kinds, triggers  # noqa: F401  (kinds register themselves)

        pre_migrate.connect(triggers.before_migrate, dispatch_uid="planning.triggers.before")
        post_migrate.connect(triggers.after_migrate, dispatch_uid="planning.triggers.after")
