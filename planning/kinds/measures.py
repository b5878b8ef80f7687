"""Maßnahmen with milestones, quality criteria and their values."""

from django.db.models import Q

from accounts.enums import Action
from planning.enums import MeasureState, Phase, StepState
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, SOURCE_GROUP, current_cycle_initial
from planning.models import CriterionValue, Measure, MeasureReview, Milestone, QualityCriterion
from planning.pages.results import results_of_measure
from planning.pages.thread_strip import threads_of
from records.grid import Grid, Series
from records.kind import Gap, Group, Mark, RecordKind, Way
from records.registry import register

WITHOUT_REASON = Q(goals__isnull=True, needs__isnull=True)
NOT_DROPPED = ~Q(state=MeasureState.DROPPED)  # what is not carried out needs its reason only
BEGUN = {MeasureState.RUNNING, MeasureState.FINISHED}

register(
    RecordKind(
        model=Measure,
        segment="massnahmen",
        section=Phase.MEASURES,
        also_in=(Phase.IMPLEMENTATION,),
        intro="Was getan wird, um Ziele zu erreichen und Bedarfe zu decken.",
        empty_way=(
            "mit bewährten Angeboten, die weitergeführt werden. Danach folgt zu jedem Ziel eine Idee; Träger und "
            "Kosten dürfen zuerst fehlen."
        ),
        empty_link=Way("Ziele öffnen", "planning:goal-list", action=Action.READ),
        columns=("action_field", "provider", "state"),
        earlier=("yearly_cost",),
        further=results_of_measure,
        detail_apart=lambda: (MeasureReview,),  # told with its year, its values and its decision by the page's panel
        filters=("action_field", "state", "provider", "regions", "cycle"),
        bulk=("state", "action_field", "life_phases", "regions"),
        gaps=(
            Gap(
                "ohne-ziel-und-bedarf",
                "ohne Ziel und Bedarf",
                WITHOUT_REASON & NOT_DROPPED,
                "Ziel oder Bedarf zuordnen",
            ),
            Gap(
                "ohne-kriterium",
                "ohne Qualitätskriterium",
                Q(criteria__isnull=True) & NOT_DROPPED,
                "Kriterien ergänzen",
            ),
            Gap(
                "ohne-kosten", "ohne Kosten", Q(yearly_cost__isnull=True) & NOT_DROPPED, "Posten im Finanzplan anlegen"
            ),
        ),
        tags=("action_field", "regions", "state"),
        marks=(
            Mark(
                "begin",
                "end",
                shape="period",
                lane=Phase.IMPLEMENTATION,
                expected=lambda measure: measure.state not in BEGUN,
                when=lambda measure: measure.state != MeasureState.DROPPED,
                routine=True,
            ),
        ),
        threads=threads_of,
        initial=current_cycle_initial,
        groups=(
            Group(
                "Maßnahme",
                "Was getan wird und zu welchem Handlungsfeld es gehört.",
                (
                    "title",
                    "description",
                    "action_field",
                ),
            ),
            Group(
                "Warum",
                "Ziele und Bedarfe, auf die die Maßnahme antwortet. Eines von beiden genügt.",
                (
                    "goals",
                    "needs",
                ),
            ),
            Group(
                "Für wen und wo",
                "Wen die Maßnahme erreichen soll und in welchen Regionen.",
                (
                    ("life_phases", "target_groups"),
                    "regions",
                ),
            ),
            Group(
                "Wer und wann",
                "Wer sie trägt, wer verantwortlich ist und wie lange sie läuft.",
                (
                    ("provider", "responsible"),
                    ("begin", "end"),
                    "cycle",
                ),
            ),
            Group(
                "Stand",
                "Wird sie nicht umgesetzt, nennen Sie den Grund: Er gehört in den Plan.",
                (
                    "state",
                    "not_done_reason",
                ),
            ),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=Milestone,
        segment="meilensteine",
        section=Phase.MEASURES,
        also_in=(Phase.IMPLEMENTATION,),
        parent="measure",
        in_menu=False,
        intro="Woran zu sehen ist, dass eine Maßnahme vorankommt.",
        empty_way=(
            "mit zwei oder drei Ergebnissen je Maßnahme, zum Beispiel „Richtlinie für Projektanträge liegt vor“. "
            "Meilensteine legen Sie auf der Seite der Maßnahme an."
        ),
        empty_link=Way("Maßnahmen öffnen", "planning:measure-list", action=Action.READ),
        columns=("planned_on", "reached_on", "state"),
        filters=("state", "measure"),
        bulk=("state",),
        tags=("measure", "state"),
        marks=(
            Mark(
                "reached_on",
                lane=Phase.IMPLEMENTATION,
                label="{record.measure}: {title}",
                related=("measure",),
                when=lambda milestone: milestone.state != StepState.DROPPED,
                routine=True,
            ),
            Mark(
                "planned_on",
                lane=Phase.IMPLEMENTATION,
                label="{record.measure}: {title}",
                related=("measure",),
                expected=lambda milestone: True,
                when=lambda milestone: milestone.state != StepState.DROPPED and not milestone.reached_on,
                routine=True,
            ),
        ),
        groups=(
            Group("Meilenstein", "Ein Ergebnis, kein Vorhaben: daran ist es zu erkennen.", ("measure", "title")),
            Group("Wann", "Erst das geplante, dann das erreichte Datum.", (("planned_on", "reached_on"), "state")),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=QualityCriterion,
        segment="qualitaetskriterien",
        section=Phase.MEASURES,
        parent="measure",
        grid=Grid(("title", "kind", "unit", "baseline"), series=Series(("target", "actual"), model=CriterionValue)),
        in_menu=False,
        intro="Woran zu erkennen ist, ob eine Maßnahme wirkt.",
        empty_way=(
            "mit einem Kriterium je Maßnahme, das der Träger ohnehin zählt, zum Beispiel erreichte Familien im Jahr. "
            "Kriterien legen Sie auf der Seite der Maßnahme an."
        ),
        empty_link=Way("Maßnahmen öffnen", "planning:measure-list", action=Action.READ),
        columns=("kind", "unit", "baseline", "method"),
        filters=("kind", "measure"),
        tags=("measure", "kind"),
        groups=(
            Group(
                "Qualitätskriterium",
                "Von Input (Einsatz) bis Impact (Wirkung): Wählen Sie, was das Kriterium misst.",
                ("measure", "title", "kind"),
            ),
            Group(
                "Messung",
                "Womit gezählt wird und wie der Wert am Anfang war.",
                (("unit", "baseline"), "counting", "method"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=CriterionValue,
        segment="jahreswerte",
        section=Phase.CONTROLLING,
        title_field="",
        key=("criterion", "year"),
        parent="criterion",
        grid=Grid(("year", "target", "actual", "comment")),
        in_menu=False,
        intro="Ziel- und Ist-Werte der Qualitätskriterien je Jahr.",
        empty_way=(
            "mit dem Zielwert des ersten Jahres; der Ist-Wert folgt aus dem Sachbericht des Trägers. Jahreswerte "
            "legen Sie auf der Seite des Kriteriums an."
        ),
        empty_link=Way("Qualitätskriterien öffnen", "planning:qualitycriterion-list", action=Action.READ),
        columns=("year", "target", "actual", "comment"),
        filters=("criterion",),
        tags=("year",),
        groups=(
            Group(
                "Jahreswert",
                "Der Zielwert steht vorher fest, der Ist-Wert folgt aus dem Controlling.",
                (("criterion", "year"), ("target", "actual"), "comment"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
)
