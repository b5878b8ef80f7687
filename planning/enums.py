"""Values with a fixed meaning in planning. The stored values are stable English codes, the labels German."""

from django.db import models

FIRST_YEAR = 2013  # the first year of which the portal knows records
FEWEST_PLACES = 3  # municipalities that stand behind a statement about several, where others read it


class Phase(models.TextChoices):
    """The eight phases of the planning cycle (docs/product.md §3), in the order of the report."""

    MANDATE = "mandate", "Auftragserteilung"
    INVENTORY = "inventory", "Bestandsaufnahme: Angebotsanalyse"
    NEEDS = "needs", "Bedarfsanalyse"
    GOALS = "goals", "Leitbild- und Zielentwicklung"
    MEASURES = "measures", "Maßnahmenplanung"
    RESOLUTION = "resolution", "Beschlussfassung"
    IMPLEMENTATION = "implementation", "Maßnahmenumsetzung"
    CONTROLLING = "controlling", "Controlling und Evaluation"

    @property
    def number(self) -> int:
        """1 to 8, as in the ring and the navigation."""
        return list(Phase).index(self) + 1

    @property
    def short(self) -> str:
        """The label where room is short."""
        return {Phase.INVENTORY: "Bestandsaufnahme", Phase.GOALS: "Leitbild und Ziele"}.get(self, self.label)

    @property
    def slug(self) -> str:
        """The address segment."""
        return PHASE_SLUGS[self]

    @property
    def question(self) -> str:
        """The guiding question, in the words of a planner."""
        return PHASE_QUESTIONS[self]


PHASE_SLUGS = {
    Phase.MANDATE: "auftrag",
    Phase.INVENTORY: "bestandsaufnahme",
    Phase.NEEDS: "bedarfsanalyse",
    Phase.GOALS: "leitbild-und-ziele",
    Phase.MEASURES: "massnahmenplanung",
    Phase.RESOLUTION: "beschlussfassung",
    Phase.IMPLEMENTATION: "umsetzung",
    Phase.CONTROLLING: "controlling",
}

PHASE_QUESTIONS = {
    Phase.MANDATE: "Wer gibt den Auftrag, wer steuert ihn, und womit beginnt die Kommune?",
    Phase.INVENTORY: "Was gibt es für Familien schon, wie wird es genutzt, und wie wirksam ist es?",
    Phase.NEEDS: "Was brauchen Familien aller Generationen, und worauf stützt sich das?",
    Phase.GOALS: "Wohin will die Kommune, und woran wird erkennbar, dass sie dort ankommt?",
    Phase.MEASURES: "Was wird getan, von wem, bis wann und mit welchen Mitteln?",
    Phase.RESOLUTION: "Wer berät, wer beschließt, und wann geht der Plan an das Ministerium?",
    Phase.IMPLEMENTATION: "Wie weit sind die Maßnahmen, und was steht der Umsetzung im Weg?",
    Phase.CONTROLLING: "Was wurde erreicht, was wirkt, und was geht in die Fortschreibung?",
}


class Progress(models.TextChoices):
    """The state of a phase or of a planning step."""

    NOT_STARTED = "not_started", "nicht begonnen"
    RUNNING = "running", "läuft"
    DONE = "done", "abgeschlossen"
    RESTING = "resting", "ruht"


class StepState(models.TextChoices):
    """The state of a planning step."""

    OPEN = "open", "offen"
    RUNNING = "running", "läuft"
    DONE = "done", "erledigt"
    RESTING = "resting", "ruht"
    DROPPED = "dropped", "entfällt"


class EntryLevelNumber(models.IntegerChoices):
    """The three levels of the programme (Stufen)."""

    ONE = 1, "Stufe 1: Erhalt bestehender Einrichtungen"
    TWO = 2, "Stufe 2: zusätzlich Planerstelle"
    THREE = 3, "Stufe 3: zusätzlich neue Maßnahmen auf Grundlage des Plans"


class HurdleCategory(models.TextChoices):
    """What holds a planning process up (report, section 2.2.4)."""

    LEADERSHIP = "leadership", "Wechsel der Führungsspitze/Wahl"
    ABSENCE = "absence", "Personalausfall"
    VACANCY = "vacancy", "Vakanz der Planerstelle"
    HOLIDAYS = "holidays", "Urlaubszeit"
    COMMUNICATION = "communication", "Kommunikationslücke"
    CLIENT = "client", "Unklarheit beim Auftraggeber"
    WORKLOAD = "workload", "Aufgabenfülle"
    PARTICIPATION = "participation", "Umfang der Beteiligung"
    DATA = "data", "Datenlage"
    OTHER = "other", "Sonstiges"


class SuccessIndicator(models.TextChoices):
    """The four conditions of success (report, section 1.1)."""

    EXPERIENCE = "experience", "Erfahrungen mit integrierter Sozialplanung"
    PLANNER_POST = "planner_post", "Planerstelle"
    POLITICAL_WILL = "political_will", "Politischer Wille"
    SUPPORT = "support", "Prozessbegleitung"


class Maturity(models.TextChoices):
    """Four steps in which a success indicator is assessed."""

    ABSENT = "absent", "nicht vorhanden"
    EMERGING = "emerging", "im Aufbau"
    PRESENT = "present", "vorhanden"
    ESTABLISHED = "established", "etabliert"


class PriorProgrammeKind(models.TextChoices):
    """Programmes a municipality may already have experience with."""

    AUDIT = "audit", "Audit „Familiengerechte Kommune“"
    POVERTY = "poverty", "Armutsprävention"
    YOUTH = "youth", "Jugendhilfeplanung"
    CARE = "care", "Pflege- und Altenhilfeplanung"
    OTHER = "other", "Sonstiges"


class StrategyKind(models.TextChoices):
    """Strategies the plan is linked with."""

    POVERTY = "poverty", "Armutsprävention"
    YOUTH = "youth", "Jugendhilfeplanung"
    LEADER = "leader", "LEADER"
    AUDIT = "audit", "Audit"
    CARE = "care", "Pflegeplanung"
    INTEGRATION = "integration", "Integrationskonzept"
    OTHER = "other", "Sonstige"


class ProviderKind(models.TextChoices):
    """Who provides an offer."""

    INDEPENDENT = "independent", "freier Träger"
    PUBLIC = "public", "öffentlicher Träger"
    COMMUNE = "commune", "Gemeinde"
    CHURCH = "church", "Kirche"
    ASSOCIATION = "association", "Verein oder Initiative"
    PRIVATE = "private", "privater Anbieter"


class Rating(models.TextChoices):
    """How effective an offer is judged to be."""

    HIGH = "high", "hoch"
    MEDIUM = "medium", "mittel"
    LOW = "low", "gering"
    UNKNOWN = "unknown", "noch nicht einschätzbar"


class DataSourceKind(models.TextChoices):
    """What a data source is."""

    STATISTICS = "statistics", "amtliche Statistik"
    REPORT = "report", "Bericht"
    SURVEY = "survey", "Befragung"
    STUDY = "study", "Studie"
    ADMINISTRATION = "administration", "Daten der Fachbereiche"
    DOCUMENT = "document", "Dokument"


class SpatialLevel(models.TextChoices):
    """The area to which figures refer."""

    STATE = "state", "Thüringen"
    DISTRICT = "district", "Kreis"
    REGION = "region", "Planungsregion"
    COMMUNE = "commune", "Gemeinde"


class Placeholder(models.TextChoices):
    """Signs of official statistics instead of a number; kept as what they mean, never as zero."""

    NOTHING = "-", "nichts vorhanden (–)"
    SECRET = ".", "unbekannt oder geheim zu halten (.)"
    UNCERTAIN = "/", "Wert nicht sicher genug (/)"
    MEANINGLESS = "x", "Angabe nicht sinnvoll (x)"
    LATER = "...", "Angabe folgt später (…)"


class AreaLevel(models.TextChoices):
    """Levels of areas for which official statistics publish values."""

    NATION = "nation", "Deutschland"
    STATE = "state", "Land"
    DISTRICT = "district", "Kreis"
    COMMUNE = "commune", "Gemeinde"


class AreaChangeKind(models.TextChoices):
    """What happened to an area."""

    INCORPORATION = "incorporation", "Eingemeindung"
    RENAMING = "renaming", "Umbenennung"
    DIVISION = "division", "Teilung"


class Formula(models.TextChoices):
    """How a Kennzahl is reckoned of others."""

    HUNDRED = "hundred", "Verhältnis: A je 100 B"
    THOUSAND = "thousand", "Verhältnis: A je 1 000 B"
    SHARE = "share", "Anteil: A in Prozent von B"
    DIFFERENCE = "difference", "Differenz: A weniger B"
    SUM = "sum", "Summe: alle A zusammen"
    CHANGE = "change", "Veränderung: A in Prozent gegenüber einem Jahr"

    @property
    def needs_base(self) -> bool:
        """Whether there is a B."""
        return self not in (Formula.SUM, Formula.CHANGE)


class StatImportState(models.TextChoices):
    """Where a file of the statistics stands."""

    CHECKING = "checking", "wird geprüft"
    SEEN = "seen", "in der Vorschau"
    QUEUED = "queued", "wartet"
    RUNNING = "running", "wird eingelesen"
    DONE = "done", "eingelesen"
    REFUSED = "refused", "nicht eingelesen"
    UNDONE = "undone", "zurückgenommen"


class Priority(models.TextChoices):
    """How urgent a need or goal is."""

    HIGH = "high", "hoch"
    MEDIUM = "medium", "mittel"
    LOW = "low", "gering"


class NeedState(models.TextChoices):
    """What became of a need."""

    FOUND = "found", "erkannt"
    CONFIRMED = "confirmed", "bestätigt"
    ADOPTED = "adopted", "übernommen in die Zielentwicklung"
    COVERED = "covered", "gedeckt"
    DEFERRED = "deferred", "zurückgestellt"


class SwotKind(models.TextChoices):
    """The four fields of a SWOT analysis."""

    STRENGTH = "strength", "Stärke"
    WEAKNESS = "weakness", "Schwäche"
    OPPORTUNITY = "opportunity", "Chance"
    THREAT = "threat", "Risiko"


class GoalLevel(models.TextChoices):
    """Levels of the goal tree, from the top down."""

    GUIDING = "guiding", "Leitziel"
    ACTION = "action", "Handlungsziel"
    MEASURE = "measure", "Maßnahmenziel"


class MeasureState(models.TextChoices):
    """The life of a measure."""

    IDEA = "idea", "Idee"
    PLANNED = "planned", "geplant"
    RESOLVED = "resolved", "beschlossen"
    APPLIED = "applied", "beantragt"
    APPROVED = "approved", "bewilligt"
    RUNNING = "running", "in Umsetzung"
    FINISHED = "finished", "abgeschlossen"
    DROPPED = "dropped", "nicht umgesetzt"


class CriterionKind(models.TextChoices):
    """Levels of the logic of effects."""

    INPUT = "input", "Input (Einsatz)"
    OUTPUT = "output", "Output (Leistung, Nutzung)"
    OUTCOME = "outcome", "Outcome (Wissen, Handeln, Lebenslage)"
    IMPACT = "impact", "Impact (Wirkung auf die Region)"


class Counting(models.TextChoices):
    """What the numbers of a criterion are: only counts are added up, shares are reckoned of what they are parts of."""

    COUNT = "count", "Anzahl (wird zusammengezählt)"
    SHARE = "share", "Anteil in Prozent (aus Zähler und Nenner)"
    LEVEL = "level", "Messwert (wird nicht zusammengezählt)"


class CarryDecision(models.TextChoices):
    """What becomes of a measure, need or goal in the next planning cycle."""

    CONTINUE = "continue", "weiter"
    CHANGE = "change", "ändern"
    END = "end", "beenden"


class RuleCode(models.TextChoices):
    """What is checked before a plan is released (Plausibilitätsprüfung); the finders are in plans.checks."""

    FIELDS_WITHOUT_STATEMENT = "fields_without_statement", "Handlungsfelder ohne Aussage"
    FIGURES_OUTDATED = "figures_outdated", "Ältere Kennzahlen"
    NEEDS_WITHOUT_EVIDENCE = "needs_without_evidence", "Bedarfe ohne Beleg"
    NEEDS_WITHOUT_GOAL = "needs_without_goal", "Bedarfe ohne Ziel"
    GOALS_WITHOUT_MEASURE = "goals_without_measure", "Ziele ohne Maßnahme"
    MEASURES_WITHOUT_REASON = "measures_without_reason", "Maßnahmen ohne Ziel und Bedarf"
    MEASURES_WITHOUT_MONEY = "measures_without_money", "Maßnahmen ohne Kosten"
    YEAR_WITHOUT_BUDGET = "year_without_budget", "Planjahr ohne Finanzplan"
    GRANT_OVER_MAXIMUM = "grant_over_maximum", "Landesmittel über dem Höchstbetrag"
    GRANT_OVER_SHARE = "grant_over_share", "Landesmittel über dem Anteil"
    MUNICIPAL_SHARE_LOW = "municipal_share_low", "Anteil der Kommune zu klein"
    LINES_WITHOUT_SOURCE = "lines_without_source", "Posten ohne Quelle"
    LINES_NOT_RUNNING = "lines_not_running", "Posten von Maßnahmen, die nicht laufen"
    MEASURES_WITHOUT_CRITERION = "measures_without_criterion", "Maßnahmen ohne Qualitätskriterium"
    RESOLUTION = "resolution", "Beschluss fehlt"
    CONTRADICTIONS = "contradictions", "Angaben, die nicht zusammenpassen"
    CHAPTERS_EMPTY = "chapters_empty", "Kapitel ohne Text und Einträge"
    TEXT_MARKS = "text_marks", "Zeichen im Text, die nichts bewirken"
    TARGETS_MISSED = "targets_missed", "Nicht erreichte Zielwerte ohne Anmerkung"
    TARGETS_CHANGED = "targets_changed", "Geänderte Zielwerte ohne Grund"
    MEASURES_NOT_REVIEWED = "measures_not_reviewed", "Nicht besprochene Maßnahmen"
    STATEMENTS_OPEN = "statements_open", "Offene Angaben"
    GRANTED_OVER_PLAN = "granted_over_plan", "Mehr bewilligt, als der Finanzplan vom Land vorsieht"
    POT_EXCEEDED = "pot_exceeded", "Topf eines Aufrufs überschritten"
    RUNNING_WITHOUT_DECISION = "running_without_decision", "Laufende Maßnahmen ohne Bewilligung"
    DECIDED_WITHOUT_PAYMENT = "decided_without_payment", "Bewilligungen ohne Auszahlung"
    PAID_OVER_CALLED = "paid_over_called", "Mehr ausgezahlt als abgerufen"
    MONEY_USED_LATE = "money_used_late", "Geld nicht fristgerecht verwendet"
    OVERRUN_WITHOUT_CONSENT = "overrun_without_consent", "Ansätze ohne Zustimmung überschritten"
    PROOFS_OVERDUE = "proofs_overdue", "Überfällige Nachweise"
    CONDITIONS_OVERDUE = "conditions_overdue", "Überfällige Auflagen"


class Severity(models.TextChoices):
    """What a finding of the check does to the release of a plan."""

    BLOCKING = "blocking", "verhindert die Freigabe"
    HINT = "hint", "Hinweis"
    OFF = "off", "wird nicht geprüft"


class ShareBase(models.TextChoices):
    """Of what the share of the Land is a share."""

    ALL = "all", "alle zuwendungsfähigen Ausgaben"
    STATE_AND_MUNICIPAL = "state_and_municipal", "Land und Kommune"


class UseUnit(models.TextChoices):
    """In what the time is counted in which money is to be used."""

    MONTHS = "months", "Monate"
    DAYS = "days", "Tage"


class InterestKind(models.TextChoices):
    """What the points of interest are."""

    BASE = "base", "Punkte über dem Basiszinssatz"
    FIXED = "fixed", "fester Zinssatz"
    NONE = "none", "keine Zinsen"


class InterestFrom(models.TextChoices):
    """From which day interest runs."""

    PAYMENT = "payment", "ab der Auszahlung"
    DEADLINE = "deadline", "ab Ablauf der Frist"


class DayCount(models.TextChoices):
    """How many days a year of interest has."""

    DAYS_365 = "365", "365 Tage"
    ACTUAL = "actual", "tatsächliche Tage des Jahres"
    DAYS_360 = "360", "360 Tage"
