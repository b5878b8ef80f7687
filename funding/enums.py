"""Values with a fixed meaning in the case of a Träger: classes, sources, states (docs/product.md)."""

from django.db import models


class ProjectClass(models.TextChoices):
    """The classes that live side by side, each with rules, offices and deadlines of its own."""

    STANDING = "standing", "Bestandsprojekt"
    PROJECT = "project", "Projekt"
    MICRO = "micro", "Mikroprojekt"


class Stages(models.TextChoices):
    """What a Träger hands in."""

    APPLICATION = "application", "Antrag"
    SKETCH = "sketch", "Skizze, danach Antrag"


class ProofForm(models.TextChoices):
    """How the use of the money is proved."""

    SIMPLE = "simple", "einfacher Nachweis"
    RECEIPTS = "receipts", "Nachweis mit Belegliste"


class Channel(models.TextChoices):
    """How an application came."""

    LINK = "link", "öffentliches Formular"
    PAPER = "paper", "Papier"
    MAIL = "mail", "E-Mail"
    FILE = "file", "Datei"


class MoneySource(models.TextChoices):
    """Where money comes from: the columns of the Finanzplan."""

    LAND = "land", "Land"
    MUNICIPAL = "municipal", "Kommune"
    OWN = "own", "Eigenmittel des Trägers"
    THIRD = "third", "Dritte"
    FEES = "fees", "Teilnahmebeiträge"


class Promise(models.TextChoices):
    """How sure a source is."""

    ASKED = "asked", "beantragt"
    GRANTED = "granted", "zugesagt"


class FinancingKind(models.TextChoices):
    """How a grant follows the costs (Finanzierungsart)."""

    SHARE = "share", "Anteilfinanzierung"
    GAP = "gap", "Fehlbedarfsfinanzierung"
    FIXED = "fixed", "Festbetragsfinanzierung"
    FULL = "full", "Vollfinanzierung"


class Answer(models.TextChoices):
    """What the check says of one point."""

    YES = "yes", "ja"
    NO = "no", "nein"
    NOT_NEEDED = "not_needed", "entfällt"
    ASKED_FOR = "asked_for", "nachgefordert"


class Recommendation(models.TextChoices):
    """What a board advises."""

    FOR = "for", "befürwortet"
    PARTLY = "partly", "teilweise befürwortet"
    AGAINST = "against", "nicht befürwortet"
    LATER = "later", "zurückgestellt"


class GrantOutcome(models.TextChoices):
    """What was decided about an application."""

    GRANTED = "granted", "bewilligt"
    PARTLY = "partly", "teilweise bewilligt"
    REFUSED = "refused", "abgelehnt"


class ProofKind(models.TextChoices):
    """Which proof of use it is."""

    INTERIM = "interim", "Zwischennachweis"
    FINAL = "final", "Verwendungsnachweis"


class ClaimGround(models.TextChoices):
    """Why money is claimed back."""

    UNUSED = "unused", "weniger ausgegeben"
    FUNDS = "funds", "neue Deckungsmittel"
    LATE = "late", "nicht fristgerecht verwendet"
    PURPOSE = "purpose", "nicht für den Zweck verwendet"
    REVOKED = "revoked", "Bescheid widerrufen"


class PaperKind(models.TextChoices):
    """Papers that are frozen when they go out."""

    NOTICE = "notice", "Zuwendungsbescheid"
    CHANGE = "change", "Änderungsbescheid"
    REFUSAL = "refusal", "Ablehnungsbescheid"
    FINAL = "final", "Schlussbescheid"
    REVIEW = "review", "Prüfvermerk"
    REPAYMENT = "repayment", "Erstattungsbescheid"


class TextPlace(models.TextChoices):
    """Where a Textbaustein stands in a notice."""

    OPENING = "opening", "Einleitung"
    GRANT = "grant", "Bewilligung"
    CONDITIONS = "conditions", "Nebenbestimmungen"
    PAYMENT = "payment", "Auszahlung"
    PROOF = "proof", "Verwendungsnachweis"
    REFUSAL = "refusal", "Ablehnung"
    REPAYMENT = "repayment", "Erstattung"
    REASONS = "reasons", "Begründung"
    REMEDY = "remedy", "Rechtsbehelfsbelehrung"
    CLOSING = "closing", "Schluss"


class ApplicationState(models.TextChoices):
    """Where an application stands until it is decided; what follows is told by decision, payments and proofs."""

    SKETCH = "sketch", "Skizze eingereicht"
    INVITED = "invited", "zum Antrag eingeladen"
    DRAFT = "draft", "Entwurf"
    RECEIVED = "received", "eingegangen"
    CHECKING = "checking", "in Prüfung"
    ASKED = "asked", "nachgefordert"
    CHECKED = "checked", "geprüft"
    ADVISED = "advised", "beraten"
    DECIDED = "decided", "beschieden"
    CLOSED = "closed", "abgeschlossen"
    REFUSED = "refused", "abgelehnt"
    WITHDRAWN = "withdrawn", "zurückgezogen"
    LAPSED = "lapsed", "verfallen"


class ApplicationAction(models.TextChoices):
    """What moves an application; ``DECIDE`` and ``REFUSE`` come with the release of a decision."""

    HAND_IN_SKETCH = "hand_in_sketch", "Skizze entgegennehmen"
    INVITE = "invite", "Zum Antrag einladen"
    DECLINE = "decline", "Nicht einladen"
    RECEIVE = "receive", "Eingang festhalten"
    BEGIN_CHECK = "begin_check", "Prüfung beginnen"
    ASK = "ask", "Unterlagen nachfordern"
    ANSWER = "answer", "Nachforderung erledigt"
    FINISH_CHECK = "finish_check", "Prüfung abschließen"
    CHECK_AGAIN = "check_again", "Prüfung wieder aufnehmen"
    ADVISE = "advise", "Beratung festhalten"
    TAKE_ADVICE_BACK = "take_advice_back", "Beratung zurücknehmen"
    SKIP_ADVICE = "skip_advice", "Ohne Beratung zur Entscheidung"
    DECIDE = "decide", "Bescheid freigegeben"
    REFUSE = "refuse", "Ablehnung freigegeben"
    ASSIGN = "set_measure", "Maßnahme zuordnen"
    CHANGE_BANK = "change_bank", "Bankverbindung ändern"
    CLOSE = "close", "Vorgang abschließen"
    WITHDRAW = "withdraw", "Rücknahme festhalten"
    LAPSE = "lapse", "Verfallen lassen"


class DecisionState(models.TextChoices):
    """A decision is prepared by one person and released by another; then its notice stands for ever."""

    DRAFT = "draft", "in Vorbereitung"
    PREPARED = "prepared", "liegt zur Freigabe"
    RELEASED = "released", "freigegeben"
    SENT = "sent", "versandt"
    FINAL = "final", "bestandskräftig"


class DecisionAction(models.TextChoices):
    """What moves a decision; one person prepares, another one releases."""

    PREPARE = "prepare", "Zur Freigabe geben"
    TAKE_BACK = "take_back", "Zurückholen"
    RETURN = "return", "Zurückgeben"
    RELEASE = "release", "Bescheid freigeben"
    SEND = "send", "Versand festhalten"
    WAIVE = "waive", "Rechtsbehelfsverzicht festhalten"
    BECOME_FINAL = "become_final", "Bestandskraft festhalten"


class PaymentState(models.TextChoices):
    """A payment is prepared by one person, released by another, and paid by the cash office."""

    PLANNED = "planned", "geplant"
    PREPARED = "prepared", "liegt zur Freigabe"
    RELEASED = "released", "zur Zahlung freigegeben"
    PAID = "paid", "ausgezahlt"
    CANCELLED = "cancelled", "entfallen"


class ProofState(models.TextChoices):
    """A proof of use is awaited, checked by one person and recognised by another."""

    DUE = "due", "erwartet"
    RECEIVED = "received", "eingegangen"
    ASKED = "asked", "nachgefordert"
    CHECKED = "checked", "liegt zur Anerkennung"
    RECOGNISED = "recognised", "anerkannt"


class ClaimState(models.TextChoices):
    """A claim is prepared, heard, demanded by a second person, and open until it is paid or waived."""

    DRAFT = "draft", "in Vorbereitung"
    HEARD = "heard", "Anhörung läuft"
    PREPARED = "prepared", "liegt zur Freigabe"
    DEMANDED = "demanded", "gefordert"
    PAID = "paid", "bezahlt"
    WAIVED = "waived", "erlassen"


class NoticeKind(models.TextChoices):
    """What a notice of the Land does to the grant."""

    GRANT = "grant", "Bewilligung"
    CHANGE = "change", "Änderung"
    REVOCATION = "revocation", "Widerruf"


class Actor(models.TextChoices):
    """Who acts next where something of money is open, in the order of the page."""

    PLANNER = "planner", "Sozialplanung"
    BOARD = "board", "Gremium"
    LEAD = "lead", "Leitung"
    CASH_OFFICE = "cash_office", "Kasse"
    PROVIDER = "provider", "Träger"
    LAND = "land", "Land"
    NOBODY = "nobody", "niemand"


class Source(models.TextChoices):
    """The columns of a line of the Finanzplan: every MoneySource, and what has none yet."""

    LAND = "land", "Land"
    MUNICIPAL = "municipal", "Kommune"
    OWN = "own", "Eigenmittel"
    THIRD = "third", "Dritte"
    FEES = "fees", "Teilnahmebeiträge"
    OPEN = "open", "noch offen"


class BudgetState(models.TextChoices):
    """Where the Finanzplan of a year stands."""

    DRAFT = "draft", "Entwurf"
    AGREED = "agreed", "abgestimmt"
    RESOLVED = "resolved", "beschlossen"
    CLOSED = "closed", "abgeschlossen"


class BudgetAction(models.TextChoices):
    """What moves the Finanzplan of a year."""

    AGREE = "agree", "Abstimmen"
    RETURN = "return", "Zum Entwurf zurückgeben"
    RESOLVE = "resolve", "Als beschlossen festhalten"
    REOPEN = "reopen", "Wieder öffnen"
    CLOSE = "close", "Jahr abschließen"
    REVIVE = "revive", "Abgeschlossenes Jahr wieder öffnen"


class PaymentAction(models.TextChoices):
    """What moves a payment."""

    PREPARE = "prepare", "Auszahlung vorbereiten"
    TAKE_BACK = "take_back", "Zurückholen"
    RELEASE = "release", "Zur Zahlung freigeben"
    RETURN = "return", "Auszahlung zurückgeben"
    PAY = "pay", "Als ausgezahlt festhalten"
    WITHDRAW = "withdraw", "Freigabe zurücknehmen"
    CANCEL = "cancel", "Auszahlung entfällt"


class ProofAction(models.TextChoices):
    """What moves a proof of use."""

    RECEIVE = "receive", "Eingang des Nachweises festhalten"
    ASK = "ask", "Zum Nachweis nachfordern"
    ANSWER = "answer", "Nachforderung erfüllt"
    CHECK = "check", "Prüfung des Nachweises abschließen"
    RETURN = "return", "Zur Prüfung zurückgeben"
    RECOGNISE = "recognise", "Nachweis anerkennen"


class ClaimAction(models.TextChoices):
    """What moves a claim."""

    HEAR = "hear", "Anhörung festhalten"
    PREPARE = "prepare", "Rückforderung vorlegen"
    RETURN = "return", "Rückforderung zurückgeben"
    DEMAND = "demand", "Rückforderung freigeben"
    PAY = "pay", "Zahlung des Trägers festhalten"
    WAIVE = "waive", "Auf die Rückforderung verzichten"
