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
        RuleCode.ROWS_OVER_LIMIT,
        ChapterCode.FINANCE,
        HINT,
        one="1 Posten über dem Höchstbetrag",
        many="{count} Posten über dem Höchstbetrag",
        clear="Kein Posten über dem Höchstbetrag",
        todo="Kosten prüfen",
        way="Posten öffnen",
        why="Schon der mögliche Landesanteil dieses Postens ist höher als die höchste Zuwendung der Kommune.",
        find=finders.rows_over_limit,
        idle=finders.without_limit,
        note=finders.limit_words,
    ),
    Rule(
        RuleCode.TOTAL_OVER_LIMIT,
        ChapterCode.FINANCE,
        HINT,
        one="Summe über dem Höchstbetrag",
        many="Summe über dem Höchstbetrag",
        clear="Finanzplan innerhalb der Grenzen",
        todo="Kosten prüfen",
        way="Finanzplan öffnen",
        why="Der mögliche Landesanteil aller Posten ist höher als die höchste Zuwendung der Kommune.",
        find=finders.total_over_limit,
        idle=finders.without_limit,
        note=finders.limit_words,
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
