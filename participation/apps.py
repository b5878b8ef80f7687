"""Django's description of the app."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "participation"
    verbose_name = "Gremien und Beteiligung"

    def ready(self) -> None:
        from participation import agreement, kinds, registered  # noqa: F401  (rules, kinds and ways register themselves)
