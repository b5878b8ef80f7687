"""What is checked, one entry for each rule, in the order of the chapters; nothing else knows the rules."""

from collections.abc import Callable
from dataclasses import dataclass

from planning.enums import RuleCode, Severity
from planning.models import Goal, Measure, Need
from plans.checks import finders
from plans.checks.finders import Finder, gap
from plans.checks.queries import Facts
from plans.enums import ChapterCode

BLOCKING, HINT = Severity.BLOCKING, Severity.HINT


def nothing(facts: Facts) -> str:
    """There is nothing to add."""
    return ""


@dataclass(frozen=True)
class Rule:
    """``one`` and ``many`` say what was found (with ``{count}``), ``clear`` that nothing was, ``todo`` what to do.

    ``severity`` and ``why`` count where the programme has set nothing. ``excusable``: a written reason may stand in
    for it at the release. ``idle`` says why there is nothing to check, ``note`` what to add where nothing was found.
    """

    code: RuleCode
    chapter: ChapterCode
    severity: Severity
    one: str
    many: str
    clear: str
    todo: str
    way: str
    why: str
    find: Finder
    idle: Callable[[Facts], str] = nothing
    note: Callable[[Facts], str] = nothing
    excusable: bool = True


RULES = (
    Rule(
        RuleCode.FIGURES_OUTDATED,
        ChapterCode.INVENTORY,
        HINT,
        one="1 ältere Kennzahl",
        many="{count} ältere Kennzahlen",
        clear="Kennzahlen nicht älter als drei Jahre",
        todo="Neuere Werte eintragen",
        way="Kennzahlenwerte öffnen",
        why="Der neueste Wert ist im Planungsjahr mehr als drei Jahre alt. Gibt es keinen neueren, bleibt er stehen.",
        find=finders.outdated_figures,
    ),
    Rule(
        RuleCode.NEEDS_WITHOUT_EVIDENCE,
        ChapterCode.NEEDS,
        HINT,
        one="1 Bedarf ohne Beleg",
        many="{count} Bedarfe ohne Beleg",
        clear="Jeder Bedarf ist belegt",
        todo="Erkenntnisse, Kennzahlen oder Datenquellen zuordnen",
        way="Belege ergänzen",
        why="Ein Bedarf überzeugt, wenn zu sehen ist, wer ihn genannt hat oder welche Zahl ihn zeigt.",
        find=gap(Need, "ohne-beleg"),
    ),
    Rule(
        RuleCode.NEEDS_WITHOUT_GOAL,
        ChapterCode.NEEDS,
        BLOCKING,
        one="1 Bedarf ohne Ziel",
        many="{count} Bedarfe ohne Ziel",
        clear="Auf jeden Bedarf antwortet ein Ziel",
        todo="Ziele zuordnen",
        way="Ziele zuordnen",
        why=(
            "Der Plan soll auf jeden Bedarf antworten. Ist ein Bedarf gedeckt oder zurückgestellt, vermerken Sie es in "
            "seinem Stand; dann zählt er hier nicht."
        ),
        find=gap(Need, "ohne-ziel"),
    ),
    Rule(
        RuleCode.FIELDS_WITHOUT_STATEMENT,
        ChapterCode.NEEDS,
        HINT,
        one="1 Handlungsfeld ohne Aussage",
        many="{count} Handlungsfelder ohne Aussage",
        clear="Zu jedem Handlungsfeld steht etwas im Plan",
        todo="Bedarf, Ziel, Maßnahme oder SWOT-Aussage eintragen",
        way="SWOT-Einträge öffnen",
        why="Auch wo kein Bedarf besteht, gehört in den Plan, dass das Handlungsfeld betrachtet wurde.",
        find=finders.fields_without_statement,
    ),
    Rule(
        RuleCode.GOALS_WITHOUT_MEASURE,
        ChapterCode.GOALS,
        HINT,
        one="1 Ziel ohne Maßnahme",
        many="{count} Ziele ohne Maßnahme",
        clear="Zu jedem Ziel führt eine Maßnahme",
        todo="Maßnahmen zuordnen",
        way="Maßnahmen zuordnen",
        why="Ein Ziel, zu dem weder selbst noch darunter eine Maßnahme gehört, wird voraussichtlich nicht erreicht.",
        find=gap(Goal, "ohne-massnahme"),
    ),
    Rule(
        RuleCode.MEASURES_WITHOUT_REASON,
        ChapterCode.MEASURES,
        BLOCKING,
        one="1 Maßnahme ohne Ziel und Bedarf",
        many="{count} Maßnahmen ohne Ziel und Bedarf",
        clear="Jede Maßnahme geht auf ein Ziel oder einen Bedarf zurück",
        todo="Ziel oder Bedarf zuordnen",
        way="Ziel oder Bedarf zuordnen",
        why="Gefördert wird, was sich aus dem Bedarf herleiten lässt.",
        find=gap(Measure, "ohne-ziel-und-bedarf"),
    ),
    Rule(
        RuleCode.MEASURES_WITHOUT_CRITERION,
        ChapterCode.MEASURES,
        BLOCKING,
        one="1 Maßnahme ohne Qualitätskriterium",
        many="{count} Maßnahmen ohne Qualitätskriterium",
        clear="Jede Maßnahme hat ein Qualitätskriterium",
        todo="Kriterien ergänzen",
        way="Kriterien ergänzen",
        why="Ohne Kriterium lässt sich im Controlling nicht sagen, ob die Maßnahme gewirkt hat.",
        find=gap(Measure, "ohne-kriterium"),
    ),
    Rule(
        RuleCode.MEASURES_WITHOUT_MONEY,
        ChapterCode.FINANCE,
        HINT,
        one="1 Maßnahme ohne Kosten",
        many="{count} Maßnahmen ohne Kosten",
        clear="Jede Maßnahme hat Kosten im Jahr",
        todo="Kosten eintragen",
        way="Kosten eintragen",
        why="Kostet eine Maßnahme nichts, tragen Sie 0 ein; leer heißt: noch nicht bekannt.",
        find=gap(Measure, "ohne-kosten"),
    ),
    Rule(
        RuleCode.YEAR_WITHOUT_BUDGET,
        ChapterCode.FINANCE,
        HINT,
        one="Kein Finanzplan für das Planjahr",
        many="Kein Finanzplan für das Planjahr",
        clear="Das Planjahr hat einen Finanzplan",
        todo="Finanzplan anlegen",
        way="Finanzplan öffnen",
        why="Der Finanzplan sagt je Posten, was geplant ist und woher das Geld kommt.",
        find=finders.year_without_budget,
    ),
    Rule(
        RuleCode.GRANT_OVER_MAXIMUM,
        ChapterCode.FINANCE,
        HINT,
        one="Landesmittel über dem Höchstbetrag",
        many="Landesmittel über dem Höchstbetrag",
        clear="Landesmittel innerhalb des Höchstbetrags",
        todo="Landesmittel kürzen oder Höchstbetrag prüfen",
        way="Finanzplan öffnen",
        why="Verglichen wird die Summe der Landesmittel, auf den Cent, mit dem Höchstbetrag der Kommune.",
        find=finders.limit_broken("maximum"),
        idle=finders.without_limit("maximum"),
        note=finders.limit_words("maximum"),
    ),
    Rule(
        RuleCode.GRANT_OVER_SHARE,
        ChapterCode.FINANCE,
        HINT,
        one="Landesmittel über dem höchsten Anteil",
        many="Landesmittel über dem höchsten Anteil",
        clear="Landesmittel innerhalb des höchsten Anteils",
        todo="Landesmittel kürzen oder Eigenanteil erhöhen",
        way="Finanzplan öffnen",
        why="Der Anteil gilt für den ganzen Finanzplan; ein einzelner Posten darf darüber liegen.",
        find=finders.limit_broken("share"),
        idle=finders.without_limit("share"),
        note=finders.limit_words("share"),
    ),
    Rule(
        RuleCode.MUNICIPAL_SHARE_LOW,
        ChapterCode.FINANCE,
        HINT,
        one="Anteil der Kommune zu klein",
        many="Anteil der Kommune zu klein",
        clear="Anteil der Kommune ausreichend",
        todo="Mittel der Kommune ergänzen, auch aus Posten ohne Landesmittel",
        way="Finanzplan öffnen",
        why="Auch andere Ausgaben der Kommune zählen, wenn sie als Posten im Finanzplan stehen.",
        find=finders.limit_broken("minimum"),
        idle=finders.without_limit("minimum"),
        note=finders.limit_words("minimum"),
    ),
    Rule(
        RuleCode.LINES_WITHOUT_SOURCE,
        ChapterCode.FINANCE,
        HINT,
        one="1 Posten ohne Quelle",
        many="{count} Posten ohne Quelle",
        clear="Jeder Posten nennt seine Quellen",
        todo="Beträge auf die Quellen verteilen",
        way="Posten öffnen",
        why="Ohne Quelle ist offen, wer den Posten bezahlt; die Anteile lassen sich dann nicht prüfen.",
        find=finders.lines_without_source,
    ),
    Rule(
        RuleCode.LINES_NOT_RUNNING,
        ChapterCode.FINANCE,
        HINT,
        one="1 Posten einer Maßnahme, die im Jahr nicht läuft",
        many="{count} Posten von Maßnahmen, die im Jahr nicht laufen",
        clear="Jeder Posten gehört zu einer Maßnahme, die im Jahr läuft",
        todo="Posten löschen oder Zeitraum der Maßnahme prüfen",
        way="Posten öffnen",
        why="Was im Jahr nicht läuft oder nicht umgesetzt wird, zählt nicht mit.",
        find=finders.lines_not_running,
    ),
    Rule(
        RuleCode.TARGETS_MISSED,
        ChapterCode.CONTROLLING,
        HINT,
        one="1 nicht erreichter Zielwert ohne Anmerkung",
        many="{count} nicht erreichte Zielwerte ohne Anmerkung",
        clear="Zu jedem nicht erreichten Zielwert steht eine Anmerkung",
        todo="Anmerkung eintragen",
        way="Jahreswerte öffnen",
        why="Der Plan druckt neben einem Ist-Wert, der sein Soll nicht erreicht, die Anmerkung dazu.",
        find=finders.open_fields(missed=True),
    ),
    Rule(
        RuleCode.RESOLUTION,
        ChapterCode.RESOLUTIONS,
        BLOCKING,
        one="Beschluss fehlt",
        many="Beschluss fehlt",
        clear="Beschluss erfasst",
        todo="Beschluss von Kreistag, Stadtrat oder beauftragtem Ausschuss eintragen",
        way="Beschluss eintragen",
        why=(
            "Legitimiert ist ein Plan, den ein politisches Gremium beschlossen hat: Sein Beschluss nennt das "
            "Planungsjahr oder den Planungszyklus."
        ),
        find=finders.resolution_missing,
        note=finders.resolution_words,
        excusable=False,
    ),
    Rule(
        RuleCode.STATEMENTS_OPEN,
        ChapterCode.SOURCES,
        HINT,
        one="1 offene Angabe",
        many="{count} offene Angaben",
        clear="Keine Angabe ist offen",
        todo="Angabe ergänzen, wo es sie gibt",
        way="Öffnen",
        why="Wozu nichts gesagt ist, das lässt der Plan aus, oder er schreibt „ohne Angabe“: Leer heißt nie „nein“.",
        find=finders.open_fields(missed=False),
    ),
    Rule(
        RuleCode.CONTRADICTIONS,
        ChapterCode.SOURCES,
        HINT,
        one="1 Angabe passt nicht zu einer anderen",
        many="{count} Angaben passen nicht zu anderen",
        clear="Die Angaben passen zusammen",
        todo="Angaben prüfen",
        way="Angaben prüfen",
        why="Ein Plan überzeugt, wenn seine Angaben zusammenpassen. Ist eine davon so richtig, bleibt sie stehen.",
        find=finders.contradictions,
    ),
    Rule(
        RuleCode.TEXT_MARKS,
        ChapterCode.SOURCES,
        HINT,
        one="1 Stelle eines Textes wird anders gedruckt als gemeint",
        many="{count} Stellen eines Textes werden anders gedruckt als gemeint",
        clear="Alle Zeichen in den Texten bewirken etwas",
        todo="Text verbessern",
        way="Text öffnen",
        why="Ein Verweis ohne Ende oder eine Tabelle ohne Zeilen steht so im Plan, wie es getippt ist.",
        find=finders.text_marks,
        idle=finders.without_plan,
    ),
    Rule(
        RuleCode.CHAPTERS_EMPTY,
        ChapterCode.SOURCES,
        HINT,
        one="Kapitel ist leer",
        many="{count} Kapitel sind leer",
        clear="Kein Kapitel ist leer",
        todo="Text schreiben, Einträge anlegen oder das Kapitel mit Begründung auslassen",
        way="Kapitel öffnen",
        why="Zu diesem Kapitel gibt es weder einen eigenen Text noch Einträge.",
        find=finders.empty_chapters,
        idle=finders.without_plan,
        note=finders.left_out_chapters,
    ),
)
