"""Django's description of the composition: what it adds to the navigation."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.checks import Warning, register

PRINTED = ("plan.css", "blocks.css", "text.css", "frame.css", "excerpt.css", "document.css", "fonts/*")


class WebFilesConfig(StaticFilesConfig):
    """What browsers are sent; what only printed pages need stays out (static/plan)."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, *(f"plan/{name}" for name in PRINTED)]


def proxies_are_told(**_: Any) -> list[Warning]:
    """Behind a proxy that nobody told of, all people have one address: the eleventh application of an hour waits."""
    if settings.SECURE_PROXY_SSL_HEADER and not settings.TRUSTED_PROXIES:
        hint = "Set TRUSTED_PROXIES to the number of your proxies (docs/operations.md, Who asks)."
        return [Warning("BEHIND_PROXY is set and TRUSTED_PROXIES is 0.", hint=hint, id="lsz.W001")]
    return []


class PortalConfig(AppConfig):
    name = "lsz_portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from accounts.enums import Action
        from lsz_portal.faults.answers import told_of_job
        from lsz_portal.warming import read_templates
        from printing.render import SERVICE
        from records.places import ProgrammePage, register_programme_pages
        from records.queue.process import lenders, readers, warmers
        from records.queue.replay import explainers

        register(proxies_are_told, deploy=True)
        register_programme_pages(
            ProgrammePage("Gestaltung", "site:design", Action.OVERVIEW, 2, under=False),
            ProgrammePage("Personen und Rollen", "accounts:people", Action.PEOPLE, 3),
        )
        explainers.append(told_of_job)
        readers.append(read_templates)
        warmers.append(SERVICE.warm)
        lenders.append(SERVICE.lend)
