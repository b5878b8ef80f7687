"""Django's description of the app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = "Austausch"

    def ready(self) -> None:
        from exchange import registered  # noqa: F401  (ways register themselves)
