"""The room as an app: its tables are there in every test, its kinds only where a test asks for them."""

from django.apps import AppConfig


class TrialConfig(AppConfig):
    """Its tables come straight from the models, or by its migration (pytest --migrations)."""

    name = "tests.trial"
    label = "trial"
    verbose_name = "Probe"
    default_auto_field = "django.db.models.BigAutoField"
