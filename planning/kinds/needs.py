"""Bedarf: needs and SWOT."""

from django.db.models import Q

from planning.enums import NeedState, Phase
from planning.kinds.common import CARRIED_OUT, SOURCE_GROUP, current_cycle_initial
from planning.models import Need, SwotEntry
from planning.pages.thread_strip import threads_of
from planning.queries.quoted import quoted_numbers
from records.grid import Grid
from records.kind import Gap, Group, RecordKind, Way
from records.parts import Fact, FactGroup
from records.queries.links import linked_rows
from records.registry import register

WITHOUT_EVIDENCE = Q(findings__isnull=True, figures__isnull=True, quoted__isnull=True, data_sources__isnull=True)
# Negated, so that a need with one goal without and one with measures is none of them.
WITHOUT_MEASURE = ~Q(measures__state__in=CARRIED_OUT) & ~Q(goals__measures__state__in=CARRIED_OUT)
# What is covered or put off on purpose waits for no answer.
WAITING = ~Q(state__in=[NeedState.COVERED, NeedState.DEFERRED])


def what_is_quoted(need: Need) -> FactGroup | None:
    """The numbers on which the need rests, as they stand today."""
    rows = linked_rows(need, "quoted")
    said = quoted_numbers(rows, need.municipality.ags)
    facts = (Fact(str(row), tuple(filter(None, (said[row.pk].words, row.meaning)))) for row in rows)
    return FactGroup("Zahlen als Beleg", tuple(facts)) if rows else None


register(
    RecordKind(
        model=Need,
        segment="bedarfe",
        section=Phase.NEEDS,
        intro="Was Familien aller Generationen brauchen, und worauf sich das stützt.",
        empty_way=(
            "mit den Erkenntnissen aus einer Regionalkonferenz oder Befragung: Was zusammengehört, wird ein Bedarf. "
            "Er benennt, was fehlt, und noch nicht die Lösung."
        ),
        columns=("action_fields", "regions", "priority", "state"),
        filters=("action_fields", "life_phases", "regions", "priority", "state"),
        quiet_filters=("cycle",),
        bulk=("action_fields", "life_phases", "regions", "priority", "state"),
        gaps=(
            Gap("ohne-beleg", "ohne Beleg", WITHOUT_EVIDENCE, "Belege ergänzen"),
            Gap("ohne-ziel", "ohne Ziel", Q(goals__isnull=True) & WAITING, "Ziele zuordnen", Phase.GOALS),
            Gap("ohne-massnahme", "ohne Maßnahme", WITHOUT_MEASURE & WAITING, "Maßnahmen zuordnen", Phase.MEASURES),
        ),
        tags=("action_fields", "regions", "priority"),
        threads=threads_of,
        ways=(Way("Ziel bilden", "planning:need-goal", on="detail", icon="flag"),),
        upstream=("findings", "figures", "quoted", "data_sources"),
        downstream=("goals", "measures", "offers"),
        initial=current_cycle_initial,
        further=what_is_quoted,
        groups=(
            Group("Worum es geht", "Ein Bedarf beschreibt, was fehlt, nicht die Lösung.", ("title", "description")),
            Group(
                "Einordnung",
                "Wohin der Bedarf gehört und wen er betrifft.",
                (("action_fields", "life_phases"), ("regions", "target_groups"), "cycle"),
            ),
            Group(
                "Priorität und Stand",
                "Wer hat die Priorität gesetzt, und warum?",
                (("priority", "state"), ("priority_set_by", "priority_set_on"), "priority_reason"),
            ),
            Group(
                "Belege",
                "Erkenntnisse ordnen Sie bei der Erkenntnis zu oder auf der Seite des Bedarfs.",
                ("figures", "quoted", "data_sources", "offers"),
            ),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=SwotEntry,
        segment="swot",
        section=Phase.NEEDS,
        title_field="text",
        grid=Grid(("action_field", "kind", "text", "source")),
        intro="Stärken, Schwächen, Chancen und Risiken je Handlungsfeld.",
        empty_way=(
            "mit zwei Sätzen je Handlungsfeld: was gut läuft und was fehlt. Chancen und Risiken ergänzt die "
            "Steuerungsgruppe."
        ),
        columns=("action_field", "kind", "source"),
        filters=("action_field", "kind", "cycle"),
        bulk=("action_field", "kind"),
        tags=("action_field", "kind"),
        initial=current_cycle_initial,
        groups=(
            Group(
                "SWOT-Eintrag",
                "Eine Aussage je Eintrag. Stärken und Schwächen liegen innen, Chancen und Risiken außen.",
                ("text", ("action_field", "kind"), "cycle"),
            ),
            SOURCE_GROUP,
        ),
    ),
)
