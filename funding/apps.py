"""Django's description of the app."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"
    verbose_name = "Geld"

    def ready(self) -> None:
        from funding import agreement, kinds, registered  # noqa: F401  (rules, kinds, lives and ways register themselves)
