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


class PlanState(models.TextChoices):
    """Where a plan stands in its life (SPEC §5)."""

    DRAFT = "draft", "Entwurf"
    PROPOSED = "proposed", "liegt zur Freigabe vor"
    RELEASED = "released", "freigegeben"
    SUBMITTED = "submitted", "eingereicht"
    IN_REVIEW = "in_review", "in Prüfung"
    RETURNED = "returned", "zurückgegeben"
    APPROVED = "approved", "bewilligt"
    PUBLISHED = "published", "veröffentlicht"


class PlanAction(models.TextChoices):
    """What moves a plan; the label is the button. Who may do it when stands in reporting.domain.lifecycle."""

    PROPOSE = "propose", "Zur Freigabe geben"
    TAKE_BACK = "take_back", "Zurück in den Entwurf"
    RELEASE = "release", "Freigeben"
    WITHDRAW = "withdraw", "Freigabe zurücknehmen"
    SUBMIT = "submit", "Einreichen"
    BEGIN_REVIEW = "begin_review", "Prüfung beginnen"
    RETURN = "return", "Zurückgeben"
    REVISE = "revise", "Nächste Fassung beginnen"
    APPROVE = "approve", "Bewilligen"
    PUBLISH = "publish", "Veröffentlichen"
    UNPUBLISH = "unpublish", "Veröffentlichung zurücknehmen"
    AMEND = "amend", "Änderung beginnen"

    @property
    def slug(self) -> str:
        """The address segment."""
        return ACTION_SLUGS[self]


ACTION_SLUGS = {
    PlanAction.PROPOSE: "vorlegen",
    PlanAction.TAKE_BACK: "zuruecknehmen",
    PlanAction.RELEASE: "freigeben",
    PlanAction.WITHDRAW: "freigabe-zuruecknehmen",
    PlanAction.SUBMIT: "einreichen",
    PlanAction.BEGIN_REVIEW: "pruefen",
    PlanAction.RETURN: "zurueckgeben",
    PlanAction.REVISE: "naechste-fassung",
    PlanAction.APPROVE: "bewilligen",
    PlanAction.PUBLISH: "veroeffentlichen",
    PlanAction.UNPUBLISH: "veroeffentlichung-zuruecknehmen",
    PlanAction.AMEND: "aendern",
}
