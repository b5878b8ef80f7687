"""Fixed words of reports with a life."""

from django.db import models


class ReportKind(models.TextChoices):
    """The yearly reports of a municipality."""

    PROGRESS = "progress", "Sachbericht"
    FAMILIES = "families", "Familienbericht"


class ReportState(models.TextChoices):
    """How far an edition of a report is."""

    DRAFT = "draft", "Entwurf"
    PROPOSED = "proposed", "liegt zur Freigabe vor"
    RELEASED = "released", "freigegeben"


class ReportAction(models.TextChoices):
    """What moves a report; one person puts it forward, another one releases it."""

    PROPOSE = "propose", "Zur Freigabe vorlegen"
    TAKE_BACK = "take_back", "Zurückholen"
    RETURN = "return", "Zurückgeben"
    RELEASE = "release", "Bericht freigeben"
    REVISE = "revise", "Neue Ausgabe beginnen"


class ReportSection(models.TextChoices):
    """The chapters that have a text of their own."""

    OVERVIEW = "overview", "Überblick"
    STEERING = "steering", "Steuerung und Beteiligung"
    MEASURES = "measures", "Maßnahmen"
    RESULTS = "results", "Zielerreichung"
    RESOLUTIONS = "resolutions", "Beschlüsse"
    HURDLES = "hurdles", "Hürden"
    OUTLOOK = "outlook", "Ausblick"
    SITUATION = "situation", "Lage der Familien"
    INVENTORY = "inventory", "Bestand"
    NEEDS = "needs", "Bedarf"
    ACTIVITIES = "activities", "Aktivitäten des Jahres"


S = ReportSection
SECTIONS: dict[str, tuple[ReportSection, ...]] = {
    ReportKind.PROGRESS: (
        S.OVERVIEW,
        S.STEERING,
        S.MEASURES,
        S.RESULTS,
        S.RESOLUTIONS,
        S.HURDLES,
        S.OUTLOOK,
    ),
    ReportKind.FAMILIES: (S.SITUATION, S.INVENTORY, S.NEEDS, S.ACTIVITIES),
}
