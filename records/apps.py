"""Django's description of the app; keeps the triggers that protect history rows."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = "Datensätze"

    def ready(self) -> None:
        from accounts.registered import AccountWay, register_account_way
        from records import triggers

        register_account_way(AccountWay("Meine Entwürfe", "records:draft-list", "pencil"))

        pre_migrate.connect(triggers.before_migrate, dispatch_uid="records.triggers.before")
        post_migrate.connect(triggers.after_migrate, dispatch_uid="records.triggers.after")
