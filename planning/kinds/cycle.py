"""The planning cycle with its phases and steps, the levels and the hurdles."""

from accounts.enums import Action
from planning.domain.cycle import create_cycle
from planning.enums import Phase, StepState
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, SOURCE_GROUP, current_cycle_initial
from planning.models import EntryLevel, Hurdle, KeptDeadline, PhaseState, PlanningCycle, PlanningStep
from records.kind import Group, Mark, RecordKind, Way
from records.registry import register


def is_drawn(step: PlanningStep, *, milestone: bool, actual: bool) -> bool:
    """Whether one of the four marks of a step fits: an event or a period, as it happened or as it is planned."""
    if step.state == StepState.DROPPED or step.is_milestone != milestone:
        return False
    return bool(step.begin or step.end) == actual


register(
    RecordKind(
        model=PlanningCycle,
        segment="planungszyklen",
        intro="Jeder Durchlauf des Zyklus in Ihrer Kommune. Der nächste führt fort, was noch offen ist.",
        empty_way=(
            "mit einem Zyklus von zwei bis drei Jahren. Er bringt die acht Phasen und die Schritte aus dem Katalog "
            "mit; was bei Ihnen nicht passt, lassen Sie weg."
        ),
        columns=("first_year", "last_year", "predecessor"),
        create=create_cycle,
        groups=(
            Group(
                "Planungszyklus",
                "Name und Jahre, so wie der Plan sie nennt.",
                ("title", ("first_year", "last_year"), "note"),
            ),
            Group(
                "Fortschreibung",
                "Was offen ist, übernimmt „Fortschreibung beginnen“ auf der Seite des bisherigen Planungszyklus. Beim "
                "ersten bleibt das Feld leer.",
                ("predecessor",),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=PhaseState,
        segment="phasenstaende",
        title_field="",
        parent="cycle",
        in_menu=False,
        creatable=False,
        deletable=False,
        intro="Wie weit jede Phase ist. Phasen dürfen sich überlappen, anders beginnen und sich wiederholen.",
        empty_way=(
            "mit einem Planungszyklus; die acht Phasen entstehen mit ihm. Wie weit jede ist, tragen Sie danach hier "
            "ein."
        ),
        empty_link=Way("Planungszyklen öffnen", "planning:planningcycle-list", action=Action.READ),
        columns=("state", "begin", "end", "cycle"),
        filters=("cycle", "phase", "state"),
        ordering=("-cycle__first_year", "phase"),
        tags=("state",),
        marks=(Mark("begin", "end", shape="period", label="Phase {title}"),),
        groups=(
            Group("Phase", "Zu welchem Planungszyklus der Stand gehört.", (("phase", "cycle"),)),
            Group(
                "Stand",
                "Geben Sie Beginn und Ende so genau an, wie Sie sie kennen.",
                ("state", ("begin", "end"), "note"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=PlanningStep,
        segment="schritte",
        intro="Was in den Phasen zu tun ist, wer zuständig ist und was daraus wurde.",
        empty_way=(
            "mit den Schritten aus dem Katalog. Eigene kommen dazu, wenn sie anstehen, zum Beispiel Gespräche nach "
            "einer Landratswahl."
        ),
        empty_link=Way("Schritte aus dem Katalog übernehmen", "planning:step-add"),
        columns=("phase", "state", "responsible", "planned_begin", "begin"),
        filters=("phase", "state", "cycle"),
        bulk=("state",),
        ordering=("-cycle__first_year", "phase", "position"),
        tags=("phase", "state"),
        initial=current_cycle_initial,
        marks=(
            Mark(
                "begin",
                "end",
                shape="period",
                when=lambda s: is_drawn(s, milestone=False, actual=True),
                routine=True,
            ),
            Mark("begin", "end", shape="milestone", when=lambda s: is_drawn(s, milestone=True, actual=True)),
            Mark(
                "planned_begin",
                "planned_end",
                shape="period",
                expected=lambda s: True,
                when=lambda s: is_drawn(s, milestone=False, actual=False),
                routine=True,
            ),
            Mark(
                "planned_begin",
                "planned_end",
                shape="milestone",
                expected=lambda s: True,
                when=lambda s: is_drawn(s, milestone=True, actual=False),
            ),
        ),
        groups=(
            Group(
                "Schritt",
                "Was zu tun ist und wo es im Planungszyklus steht.",
                ("title", ("phase", "position"), "cycle", "guidance"),
            ),
            Group("Wer und wie weit", "Wer sich kümmert und wie es steht.", (("responsible", "state"),)),
            Group(
                "Wann",
                "Erst der Plan, dann was wirklich war. Ein ungefähres Datum genügt.",
                (("planned_begin", "planned_end"), ("begin", "end"), "is_milestone"),
            ),
            Group(
                "Entscheidung und Ergebnis",
                "Welche Entscheidung der Schritt braucht, wie sie ausfiel und was herauskam.",
                ("decision_needed", "decision_taken", "result"),
            ),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=EntryLevel,
        segment="stufen",
        section=Phase.MANDATE,
        title_field="level",
        intro="In welcher Stufe des Landesprogramms die Kommune wann war und ist.",
        empty_way=(
            "mit der Stufe, in der die Kommune dem Landesprogramm beigetreten ist. Nicht jede steigt in Stufe 3 ein: "
            "Planerstelle und Plan führen dorthin."
        ),
        columns=("begin", "end", "source"),
        filters=("level",),
        marks=(Mark("begin", "end", shape="period", lane=Phase.MANDATE),),
        groups=(
            Group(
                "Stufe",
                "Beim Wechsel in eine andere Stufe endet die alte, und Sie legen die neue an.",
                ("level", ("begin", "end"), "note"),
            ),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=KeptDeadline,
        segment="erledigte-fristen",
        title_field="",
        key=("deadline",),
        inflected="erledigten Fristen",
        intro="Welche Fristen des Landesprogramms Ihre Kommune eingehalten hat; was fehlt, wartet auf der Startseite.",
        empty_way="mit der Frist, die zuletzt fällig war. Ob der Plan eingereicht ist, weiß das Portal von selbst.",
        columns=("done_on", "note"),
        groups=(
            Group("Erledigte Frist", "Was wann vorlag.", ("deadline", "done_on", "note")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Hurdle,
        segment="huerden",
        intro="Was den Prozess aufgehalten und was geholfen hat. Andere lesen erst, was Sie als Erfahrung freigeben.",
        empty_way=(
            "mit dem, was den Zeitplan gerade verschiebt: eine Wahl, eine unbesetzte Stelle, fehlende kleinräumige "
            "Daten. Was geholfen hat, ergänzen Sie später."
        ),
        columns=("category", "phase", "begin", "end", "is_shared"),
        filters=("category", "phase", "is_shared"),
        bulk=("phase", "is_shared"),
        tags=("category", "phase"),
        marks=(Mark("begin", "end", shape="hurdle"),),
        groups=(
            Group(
                "Hürde",
                "Was hält auf, und seit wann? Nennen Sie Funktionen, keine Namen.",
                ("title", ("category", "phase"), ("begin", "end"), "description"),
            ),
            Group(
                "Umgang damit",
                "Was geholfen hat, nützt anderen: Entscheiden Sie, ob sie es lesen dürfen.",
                ("what_helped", "is_shared"),
            ),
            SOURCE_GROUP,
        ),
    ),
)
