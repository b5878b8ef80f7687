"""Values with a fixed meaning in plans."""

from django.db import models


class ChapterCode(models.TextChoices):
    """The chapters of the annual plan in their fixed order (docs/product.md §5)."""

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


class ForeignCode(str):
    """The code of a chapter of another time, which stands among the others where an edition is read.

    It answers what ``ChapterCode`` answers, but has no number and no title: the plan's data do not name them.
    """

    number = ""
    anchor = "kx"

    @property
    def value(self) -> str:
        """The code as it was frozen."""
        return str(self)

    @property
    def label(self) -> str:
        """Stands for the title."""
        return f"Kapitel „{self}“" if self else "Kapitel ohne Bezeichnung"

    short = label

    @property
    def slug(self) -> str:
        """The value in an address."""
        return str(self)


AnyChapter = ChapterCode | ForeignCode


def chapter_of(code: str) -> AnyChapter:
    """The chapter with the code that stands in a frozen edition."""
    return ChapterCode(code) if code in ChapterCode.values else ForeignCode(code)


class PlanState(models.TextChoices):
    """Where a plan stands in its life (docs/product.md §5)."""

    DRAFT = "draft", "Entwurf"
    PROPOSED = "proposed", "liegt zur Freigabe vor"
    RELEASED = "released", "freigegeben"
    SUBMITTED = "submitted", "eingereicht"
    IN_REVIEW = "in_review", "in Prüfung"
    RETURNED = "returned", "zurückgegeben"
    APPROVED = "approved", "bewilligt"
    PUBLISHED = "published", "veröffentlicht"


class PlanAction(models.TextChoices):
    """What moves a plan; the label is the button. Who may do it when stands in plans.domain.lifecycle."""

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


ACTION_SLUGS: dict[str, str] = {
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


class ChangeKind(models.TextChoices):
    """What became of an entry from one plan to another. The sign goes with the word, never alone."""

    ADDED = "added", "neu"
    CHANGED = "changed", "geändert"
    DROPPED = "dropped", "entfallen"

    @property
    def sign(self) -> str:
        """The sign printed before the word."""
        return {"added": "+", "changed": "±", "dropped": "−"}[self.value]


class ChangeGroup(models.TextChoices):
    """What a comparison of two plans is filtered by."""

    NEEDS = "needs", "Bedarfe"
    GOALS = "goals", "Ziele"
    MEASURES = "measures", "Maßnahmen"
    MONEY = "money", "Geld"
    OTHER = "other", "Texte und Beschlüsse"

    @property
    def slug(self) -> str:
        """The value in an address."""
        return {"needs": "bedarfe", "goals": "ziele", "measures": "massnahmen", "money": "geld"}.get(
            self.value, "weiteres"
        )


class ExportState(models.TextChoices):
    """Where an export of all plans of a year stands. Whether a running one is really worked on, its folder knows."""

    QUEUED = "queued", "wartet"
    RUNNING = "running", "läuft"
    DONE = "done", "fertig"
    CANCELLED = "cancelled", "abgebrochen"
    FAILED = "failed", "nicht vollständig"


class ExportItemState(models.TextChoices):
    """Where one plan of an export stands."""

    WAITING = "waiting", "noch nicht"
    DONE = "done", "geschrieben"
    LEFT_OUT = "left_out", "nicht freigegeben"
    FAILED = "failed", "nicht gelungen"
