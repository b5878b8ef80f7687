"""Values with a fixed meaning in reports."""

from django.db import models


class ChapterCode(models.TextChoices):
    """The chapters of the annual plan in their fixed order (SPEC §5)."""

    MANDATE = "mandate", "Auftrag und Ausgangslage"
    STEERING = "steering", "Steuerung und Beteiligung"
    INVENTORY = "inventory", "Bestand"
    NEEDS = "needs", "Bedarf"
    GOALS = "goals", "Leitbild und Ziele"
    MEASURES = "measures", "Maßnahmen nach Handlungsfeld"
    FINANCE = "finance", "Finanzplan"
    CONTROLLING = "controlling", "Controlling"
    RESOLUTIONS = "resolutions", "Beschlüsse"
    TIMELINE = "timeline", "Zeitstrahl"
    SOURCES = "sources", "Quellen"

    @property
    def number(self) -> int:
        """1 to 11, as printed."""
        return list(ChapterCode).index(self) + 1

    @property
    def short(self) -> str:
        """The running head."""
        return "Maßnahmen" if self is ChapterCode.MEASURES else str(self.label)

    @property
    def slug(self) -> str:
        """The address segment."""
        return CHAPTER_SLUGS[self]

    @property
    def anchor(self) -> str:
        """The id of the chapter's heading."""
        return f"k{self.number}"


CHAPTER_SLUGS = {
    ChapterCode.MANDATE: "auftrag",
    ChapterCode.STEERING: "steuerung",
    ChapterCode.INVENTORY: "bestand",
    ChapterCode.NEEDS: "bedarf",
    ChapterCode.GOALS: "ziele",
    ChapterCode.MEASURES: "massnahmen",
    ChapterCode.FINANCE: "finanzplan",
    ChapterCode.CONTROLLING: "controlling",
    ChapterCode.RESOLUTIONS: "beschluesse",
    ChapterCode.TIMELINE: "zeitstrahl",
    ChapterCode.SOURCES: "quellen",
}


class BarrierState(models.TextChoices):
    """Where a reported barrier stands."""

    OPEN = "open", "offen"
    ANSWERED = "answered", "beantwortet"
