"""Django's description of the app."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "overview"
    verbose_name = "Übersicht"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from overview import registered  # noqa: F401  (pages and ways register themselves)
        from overview.jobs import after_saving

        post_save.connect(after_saving, dispatch_uid="overview.jobs")
