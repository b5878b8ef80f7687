"""Values with a fixed meaning in bodies and participation."""

from django.db import models


class BodyKind(models.TextChoices):
    """Kinds of bodies (Gremien)."""

    EXTERNAL_STEERING = "external_steering", "externe Steuerungsgruppe"
    INTERNAL_STEERING = "internal_steering", "interne Steuerungsgruppe"
    ADVISORY = "advisory", "Beirat"
    PLANNING_ADVISORY = "planning_advisory", "Planungsbeirat"
    WORKING_GROUP = "working_group", "Arbeitsgruppe"
    DISTRICT_COUNCIL = "district_council", "Kreistag"
    CITY_COUNCIL = "city_council", "Stadtrat"
    DISTRICT_COMMITTEE = "district_committee", "Kreisausschuss"
    YOUTH_COMMITTEE = "youth_committee", "Jugendhilfeausschuss"
    SOCIAL_COMMITTEE = "social_committee", "Sozialausschuss"
    NETWORK = "network", "Netzwerk"


POLITICAL_BODIES = frozenset(
    {
        BodyKind.DISTRICT_COUNCIL,
        BodyKind.CITY_COUNCIL,
        BodyKind.DISTRICT_COMMITTEE,
        BodyKind.YOUTH_COMMITTEE,
        BodyKind.SOCIAL_COMMITTEE,
    }
)


class BodyState(models.TextChoices):
    """How far a body has come into being."""

    IDEA = "idea", "Idee"
    FORMING = "forming", "im Aufbau"
    WORKING = "working", "arbeitet"
    CONSTITUTED = "constituted", "konstituiert"
    MERGED = "merged", "in Nachfolge übergegangen"
    DISSOLVED = "dissolved", "aufgelöst"


class MembershipKind(models.TextChoices):
    """How somebody belongs to a body."""

    CHAIR = "chair", "Vorsitz"
    APPOINTED = "appointed", "berufen"
    ADVISORY = "advisory", "beratend"
    GUEST = "guest", "Gast"


class Occurrence(models.TextChoices):
    """Whether a session or event has taken place."""

    PLANNED = "planned", "geplant"
    HELD = "held", "stattgefunden"
    CANCELLED = "cancelled", "abgesagt"


class TaskState(models.TextChoices):
    """The state of a task from a session."""

    OPEN = "open", "offen"
    DONE = "done", "erledigt"
    DROPPED = "dropped", "entfällt"


class ResolutionKind(models.TextChoices):
    """Kinds of resolutions."""

    RESOLUTION = "resolution", "Beschluss"
    RECOMMENDATION = "recommendation", "Empfehlung"
    ACKNOWLEDGEMENT = "acknowledgement", "Kenntnisnahme"


class Outcome(models.TextChoices):
    """What came of a resolution."""

    EXPECTED = "expected", "erwartet"
    ADOPTED = "adopted", "beschlossen"
    REJECTED = "rejected", "abgelehnt"
    DEFERRED = "deferred", "vertagt"
    NOTED = "noted", "zur Kenntnis genommen"


class VoteResult(models.TextChoices):
    """How a body voted, in a word."""

    UNANIMOUS = "unanimous", "einstimmig"
    MAJORITY = "majority", "mehrheitlich"


class Advice(models.TextChoices):
    """What a body that only consults says to the one that decides."""

    EXPECTED = "expected", "vorgesehen"
    RECOMMENDED = "recommended", "empfohlen"
    CHANGED = "changed", "mit Änderungen empfohlen"
    REJECTED = "rejected", "nicht empfohlen"
    NOTED = "noted", "zur Kenntnis genommen"
    DEFERRED = "deferred", "vertagt"


class Legitimises(models.TextChoices):
    """What a resolution legitimises."""

    MANDATE = "mandate", "Auftrag"
    POST = "post", "Planerstelle"
    MISSION = "mission", "Leitbild und Ziele"
    PLAN = "plan", "Plan"
    BODY = "body", "Gremium"
    MEASURE = "measure", "Maßnahme"
    AUDIT = "audit", "Audit und Zertifikat"
    OTHER = "other", "Sonstiges"


class EventKind(models.TextChoices):
    """Kinds of participation events."""

    REGIONAL_CONFERENCE = "regional_conference", "Regionalkonferenz"
    WORKSHOP = "workshop", "Beteiligungs-Workshop"
    STRATEGY_WORKSHOP = "strategy_workshop", "Strategie-Workshop"
    INTERVIEW = "interview", "Experteninterview (einzeln)"
    GROUP_INTERVIEW = "group_interview", "Experteninterview (Gruppe)"
    ROUND_TABLE = "round_table", "Gesprächsrunde"
    DISCUSSION = "discussion", "Diskussionsveranstaltung"
    NETWORKING = "networking", "Vernetzungstreffen"
    PUBLIC_RELATIONS = "public_relations", "Öffentlichkeitsarbeit"


class Seat(models.TextChoices):
    """Whether somebody who registered for an event has a seat."""

    GIVEN = "given", "angemeldet"
    WAITING = "waiting", "auf der Warteliste"


class StakeholderGroup(models.TextChoices):
    """Who takes part (report, section 2.1.3 and 2.2.2)."""

    CITIZENS = "citizens", "Bürgerinnen und Bürger"
    FAMILIES = "families", "Familien"
    MAYORS = "mayors", "Bürgermeisterinnen und Bürgermeister"
    YOUTH_PROVIDERS = "youth_providers", "freie Träger der Jugendhilfe"
    CARE_PROVIDERS = "care_providers", "Träger der Pflege"
    WELFARE = "welfare", "Wohlfahrtsverbände"
    TRANSPORT = "transport", "Anbieter des Nahverkehrs"
    COMMUNE_STAFF = "commune_staff", "Verwaltungen der Gemeinden"
    DISTRICT_STAFF = "district_staff", "Kreisverwaltung"
    COMPANIES = "companies", "Unternehmen und Wirtschaft"
    CHURCH = "church", "Kirche"
    CULTURE_SPORT = "culture_sport", "Kultur und Sport"
    CIVIL_SOCIETY = "civil_society", "Zivilgesellschaft und Bündnisse"
    POLITICS = "politics", "Politik"
    OTHER = "other", "Weitere"


class FindingOrigin(models.TextChoices):
    """Where a finding comes from."""

    EVENT = "event", "Veranstaltung"
    SESSION = "session", "Sitzung"
    SURVEY = "survey", "Befragung"
    INTERVIEW = "interview", "Interview"
    DATA_SOURCE = "data_source", "Datenquelle"
    DOCUMENT = "document", "Dokument"


class AnswerKind(models.TextChoices):
    """How a question of a survey is answered."""

    CHOICE = "choice", "eine Antwort"
    SEVERAL = "several", "mehrere Antworten"
    SCALE = "scale", "Skala"
    NUMBER = "number", "Zahl"
    TEXT = "text", "Freitext"


class TextState(models.TextChoices):
    """Whether somebody has looked through what was written freely."""

    NEW = "new", "neu"
    RELEASED = "released", "freigegeben"
    BLACKENED = "blackened", "geschwärzt"
    DISCARDED = "discarded", "verworfen"


class SupportKind(models.TextChoices):
    """Kinds of process support."""

    ADVICE = "advice", "Beratung"
    TRAINING = "training", "Qualifizierung"
    MODERATION = "moderation", "Moderation"
    INPUT = "input", "fachlicher Input"
    REQUEST = "request", "Bitte um Unterstützung"


class HintState(models.TextChoices):
    """Where a hint of an adviser stands."""

    OPEN = "open", "offen"
    ANSWERED = "answered", "beantwortet"
    SETTLED = "settled", "erledigt"


class HintAction(models.TextChoices):
    """What moves a hint."""

    ANSWER = "answer", "Beantworten"
    SETTLE = "settle", "Als erledigt kennzeichnen"
    REOPEN = "reopen", "Wieder öffnen"


class Topic(models.TextChoices):
    """What an experience is about."""

    HURDLE = "hurdle", "Hürde und was geholfen hat"
    LESSON = "lesson", "Gelernt"
    FORMAT = "format", "Format der Beteiligung"
    METHOD = "method", "Methode"
    MEASURE = "measure", "Maßnahme"
    EXAMPLE = "example", "Gutes Beispiel"


class ExperienceState(models.TextChoices):
    """Whether others read an experience."""

    DRAFT = "draft", "nur in der Kommune"
    RELEASED = "released", "für andere freigegeben"


class ExperienceAction(models.TextChoices):
    """What moves an experience."""

    RELEASE = "release", "Für andere Kommunen freigeben"
    WITHDRAW = "withdraw", "Freigabe zurücknehmen"


class QuestionState(models.TextChoices):
    """Whose turn it is in a question."""

    OPEN = "open", "wartet auf Antwort"
    ANSWERED = "answered", "beantwortet"
    CLOSED = "closed", "abgeschlossen"


class DataGapKind(models.TextChoices):
    """Whether something was never known, or is known only as it was long ago."""

    MISSING = "missing", "fehlt"
    OLD = "old", "veraltet"
