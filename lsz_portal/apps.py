"""Django's description of the composition: what it adds to the navigation."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "lsz_portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from accounts.enums import Action
        from records.places import ProgrammePage, register_programme_pages

        register_programme_pages(
            ProgrammePage("Gestaltung", "site:design", Action.OVERVIEW, 2, under=False),
            ProgrammePage("Personen und Rollen", "accounts:people", Action.PEOPLE, 3),
        )
