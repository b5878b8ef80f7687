"""Familienbegriff, Leitbild and goals."""

from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce

from accounts.enums import Action
from planning.domain.goals import LEVEL_BELOW
from planning.enums import GoalLevel, Phase
from planning.kinds.common import CARRIED_OUT, SOURCE_GROUP, current_cycle_initial
from planning.models import FamilyConcept, Goal, MissionStatement
from planning.pages.results import results_of_goal
from planning.pages.thread_strip import threads_of
from records.kind import Gap, Group, Mark, RecordKind, Way
from records.models import held
from records.registry import register

WITHOUT_MEASURE = (
    ~Q(measures__state__in=CARRIED_OUT)
    & ~Q(children__measures__state__in=CARRIED_OUT)
    & ~Q(children__children__measures__state__in=CARRIED_OUT)
)


def at_level(level: GoalLevel, own: str, above: str) -> Case:
    """A number by which goals of one level and those below are ordered; what stands over them comes first."""
    higher = [When(level=GoalLevel.GUIDING, then=Value(-1))]
    if level == GoalLevel.MEASURE:
        higher.append(When(level=GoalLevel.ACTION, then=Value(-1)))
    return Case(*higher, When(level=level, then=own), default=above, output_field=IntegerField())


def under(parent: Goal) -> dict[str, Any]:
    """What a goal that is begun from the one above it knows."""
    field = held([parent.action_field] if parent.action_field else [], parent.span())
    below = LEVEL_BELOW.get(GoalLevel(parent.level))
    known: dict[str, Any] = {"level": below} if below else {}
    return known | {"cycle": parent.cycle_id, "action_field": field[0].pk if field else None}


# The order of the tree: each goal followed by what stands under it, the newest cycle first.
IN_TREE_ORDER = (
    "-cycle__first_year",
    "cycle_id",
    Coalesce("parent__parent__position", "parent__position", "position"),
    Coalesce("parent__parent_id", "parent_id", "pk"),
    at_level(GoalLevel.ACTION, "position", "parent__position"),
    at_level(GoalLevel.ACTION, "pk", "parent_id"),
    at_level(GoalLevel.MEASURE, "position", "position"),
)

register(
    RecordKind(
        model=FamilyConcept,
        segment="familienbegriffe",
        section=Phase.GOALS,
        intro="Was die Kommune unter Familie versteht. Der ganze Plan ruht darauf.",
        empty_way=(
            "mit einem Satz, auf den sich die Steuerungsgruppe verständigt: Wer gehört zur Familie, und welche "
            "Generationen sind gemeint? Auch ein Begriff aus einem Audit lässt sich übernehmen."
        ),
        columns=("adopted_on", "adopted_by", "cycle"),
        filters=("cycle",),
        marks=(Mark("adopted_on", lane=Phase.GOALS),),
        initial=current_cycle_initial,
        groups=(
            Group(
                "Familienbegriff",
                "Der Wortlaut und worauf er beruht.",
                ("title", "text", "based_on", "cycle"),
            ),
            Group("Angenommen", "Wer sich wann darauf verständigt hat.", (("adopted_on", "adopted_by"),)),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=MissionStatement,
        segment="leitbilder",
        section=Phase.GOALS,
        intro="Das Leitbild, von dem sich die Ziele ableiten.",
        empty_way=(
            "mit einem Strategie-Workshop, der ein vorhandenes Leitbild für die eigene Region zuspitzt. Ein Leitbild "
            "aus einem Audit übernehmen Sie mit Datum und Herkunft."
        ),
        columns=("adopted_on", "adopted_by", "cycle"),
        filters=("cycle",),
        marks=(Mark("adopted_on", lane=Phase.GOALS),),
        initial=current_cycle_initial,
        groups=(
            Group("Leitbild", "Der Wortlaut und worauf er beruht.", ("title", "text", "based_on", "cycle")),
            Group(
                "Angenommen",
                "Wer das Leitbild wann angenommen hat. Den Beschluss legen Sie bei den Beschlüssen an.",
                (("adopted_on", "adopted_by"),),
            ),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=Goal,
        segment="ziele",
        section=Phase.GOALS,
        intro="Vom Leitziel über das Handlungsziel zum Maßnahmenziel.",
        empty_way=(
            "mit einem Leitziel je Handlungsfeld, oft aus einer Ideen- oder Zukunftswerkstatt. Handlungs- und "
            "Maßnahmenziele stehen darunter und antworten auf Bedarfe."
        ),
        empty_link=Way("Bedarfe öffnen", "planning:need-list", action=Action.READ),
        columns=("level", "parent", "action_field", "priority", "target_date"),
        further=results_of_goal,
        filters=("level", "action_field", "priority", "parent", "cycle"),
        ordering=IN_TREE_ORDER,
        bulk=("action_field", "priority"),
        gaps=(Gap("ohne-massnahme", "ohne Maßnahme", WITHOUT_MEASURE, "Maßnahmen zuordnen", Phase.MEASURES),),
        tags=("level", "action_field", "priority"),
        marks=(Mark("target_date", lane=Phase.GOALS, label="Ziel: {title}", expected=lambda goal: True, routine=True),),
        threads=threads_of,
        ways=(
            Way("Zielbaum", "planning:goal-tree", icon="list", action=Action.READ),
            Way("Maßnahme anlegen", "planning:goal-measure", on="detail"),
        ),
        begun_from=(("parent", under),),
        initial=current_cycle_initial,
        groups=(
            Group(
                "Ziel",
                "Ein Ziel beschreibt den Zustand, der erreicht sein soll.",
                ("title", "description"),
            ),
            Group(
                "Platz im Zielbaum",
                "Jede Ebene steht nur unter der nächsthöheren. Ein Leitziel steht ganz oben.",
                (("level", "parent"), ("action_field", "position"), "cycle"),
            ),
            Group(
                "Worauf es antwortet",
                "Ohne Bedarf lässt sich ein Ziel im Plan nicht begründen.",
                ("needs", "priority"),
            ),
            Group(
                "SMART-Fragen",
                "Für Maßnahmenziele: So wird später prüfbar, ob das Ziel erreicht ist.",
                ("specific", "measurable", "accepted", "realistic", "timed", "target_date"),
            ),
            SOURCE_GROUP,
        ),
    ),
)
