"""Chapters 3 to 5: Bestand, Bedarf, Leitbild und Ziele."""

from collections import Counter

from django.db.models import F

from planning.enums import GoalLevel, MeasureState, Placeholder, Rating, SwotKind
from planning.models import FamilyConcept, Goal, MissionStatement, Need, Offer, Provider, SwotEntry
from planning.queries.quoted import Quoted, quoted_numbers
from plans import bodies
from plans.builder.basis import (
    WITHOUT_FIELD,
    WITHOUT_FIELD_HEAD,
    Basis,
    finding_kind,
    finding_text,
    mark,
    punctuated,
    titles,
)
from plans.builder.figures import figures
from printing.templatetags.papers import zahl
from records.display import behind

EXAMPLES = 2  # offers named in a cell of the matrix
SMART = (
    ("specific", "Spezifisch"),
    ("measurable", "Messbar"),
    ("accepted", "Akzeptiert"),
    ("realistic", "Realistisch"),
    ("timed", "Terminiert"),
)


# ---------------------------------------------------------------- 3 Bestand
def inventory_body(basis: Basis) -> bodies.InventoryBody:
    """All of chapter 3 (eleven queries, more where Kennzahlen are chosen)."""
    offers = basis.offers
    by_provider = Counter(offer.provider_id for offer in offers)
    return bodies.InventoryBody(
        regions=tuple(
            bodies.Region(title=row.title, communes=titles(row.communes), description=row.description, **mark(row))
            for row in basis.regions
        ),
        life_phases=tuple(phase.title for phase in basis.life_phases),
        matrix=matrix(basis, offers),
        matrix_total=matrix_total(basis, offers) if offers else (),
        register=register(basis, offers),
        providers=tuple(
            bodies.ProviderLine(
                title=row.title, kind=row.get_kind_display(), place=row.place, offers=by_provider[row.pk], **mark(row)
            )
            for row in basis.own(Provider).order_by("sort_key", "pk")
        ),
        sources=source_lines(basis),
        **figures(basis),
    )


def matrix(basis: Basis, offers: list[Offer]) -> tuple[bodies.MatrixRow, ...]:
    """Handlungsfeld × Lebensphase; an offer counts in each of its fields and phases, in the total once."""
    if not offers:
        return ()
    rows = []
    for field in basis.action_fields:
        of_field = [offer for offer in offers if field in basis.fields_of(offer)]
        cells = []
        for phase in basis.life_phases:
            names = [offer.title for offer in of_field if phase in basis.phases_of(offer)]
            cells.append(bodies.MatrixCell(count=len(names), examples=tuple(names[:EXAMPLES])))
        rows.append(bodies.MatrixRow(action_field=str(field), cells=tuple(cells), total=len(of_field)))
    return tuple(rows)


def matrix_total(basis: Basis, offers: list[Offer]) -> tuple[int, ...]:
    """Different offers per Lebensphase, and all."""
    per_phase = [sum(phase in basis.phases_of(offer) for offer in offers) for phase in basis.life_phases]
    return (*per_phase, len(offers))


def register(basis: Basis, offers: list[Offer]) -> tuple[bodies.OfferGroup, ...]:
    """Offers under their first Handlungsfeld."""
    groups = []
    for field in (*basis.action_fields, None):
        found = [offer for offer in offers if basis.first_field(offer.action_fields.all()) == field]
        if found:
            name = str(field) if field else WITHOUT_FIELD
            groups.append(
                bodies.OfferGroup(action_field=name, offers=tuple(offer_line(basis, offer) for offer in found))
            )
    return tuple(groups)


def offer_line(basis: Basis, row: Offer) -> bodies.OfferLine:
    """An offer in the register."""
    return bodies.OfferLine(
        title=row.title,
        provider=str(row.provider or ""),
        place=str(row.commune or ", ".join(basis.region_names(row))),
        life_phases=basis.life_phase_names(row),
        begin=row.begin,
        end=row.end,
        capacity=row.capacity,
        use=row.use,
        effectiveness=judged(row),
        reason=row.effectiveness_reason,
        weight=row.weight,
        **mark(row),
    )


def judged(row: Offer) -> str:
    """The effectiveness; „noch nicht einschätzbar“ is what nobody chose, unless a reason stands beside it."""
    is_said = row.effectiveness != Rating.UNKNOWN or row.effectiveness_reason
    return row.get_effectiveness_display() if is_said else ""


def source_lines(basis: Basis) -> tuple[bodies.DataSourceLine, ...]:
    """Data sources with their codes; chapter 11 prints them as well."""
    return tuple(
        bodies.DataSourceLine(
            code=row.code,
            title=row.title,
            publisher=row.publisher,
            kind=row.get_kind_display(),
            level=row.get_level_display(),
            as_of=row.as_of,
            coverage=row.coverage,
            gaps=row.gaps,
            **mark(row),
        )
        for row in basis.data_sources
    )


# ---------------------------------------------------------------- 4 Bedarf
def said_numbers(basis: Basis) -> dict[int, Quoted]:
    """What the numbers say on which needs rest, by their quotation."""
    return quoted_numbers({row for need in basis.needs for row in need.quoted.all()}, basis.municipality.ags)


def needs_body(basis: Basis) -> bodies.NeedsBody:
    """All of chapter 4 (SWOT: one query; the needs are read already)."""
    answers = answers_to_needs(basis)
    said = said_numbers(basis)
    groups = []
    for field in basis.action_fields:
        own = tuple(need_entry(basis, n, answers, said) for n in basis.needs if basis.field_of_need[n.pk] == field)
        others = [n for n in basis.needs if basis.field_of_need[n.pk] != field and field in basis.fields_of(n)]
        see_also = tuple(map(str, others))
        groups.append(bodies.FieldNeeds(action_field=str(field), needs=own, see_also=see_also))
    rest = tuple(need_entry(basis, need, answers, said) for need in basis.needs if basis.field_of_need[need.pk] is None)
    if rest:
        groups.append(bodies.FieldNeeds(action_field=WITHOUT_FIELD_HEAD, needs=rest, see_also=()))
    return bodies.NeedsBody(fields=tuple(groups), swot=swot(basis))


def answers_to_needs(basis: Basis) -> dict[int, list[str]]:
    """Codes of the goals and measures that answer a need; what is not carried out answers nothing."""
    answers: dict[int, list[str]] = {need.pk: [] for need in basis.needs}
    for goal in basis.goals:
        for need in goal.needs.all():
            answers.get(need.pk, []).append(f"{GoalLevel(goal.level).label} {goal.code}")
    for measure in (row for row in basis.measures if row.state != MeasureState.DROPPED):
        for need in measure.needs.all():
            answers.get(need.pk, []).append(measure.code)
    return answers


def need_entry(basis: Basis, row: Need, answers: dict[int, list[str]], said: dict[int, Quoted]) -> bodies.NeedEntry:
    """A need with its evidence: findings by weight, then figures, then sources."""
    findings = basis.findings_of(row)
    evidence = [
        bodies.Evidence(kind=finding_kind(finding), text=finding_text(finding), **mark(finding)) for finding in findings
    ]
    for figure in row.figures.all():
        sign = figure.placeholder and str(Placeholder(figure.placeholder).label)
        value = sign or behind(zahl(figure.value), figure.indicator.unit)
        text = f"{punctuated(figure.indicator.title, figure.place, str(figure.year))}: {value}"
        evidence.append(bodies.Evidence(kind="Kennzahl", text=text, **mark(figure)))
    for one in row.quoted.all():
        text = f"{punctuated(str(one.indicator or one.own_indicator), one.place, str(one.year))}: {said[one.pk].words}"
        text += f" ({one.meaning.rstrip('.')})" if one.meaning else ""
        evidence.append(bodies.Evidence(kind="Kennzahl", text=text, **mark(one)))
    quoted = {finding.data_source_id for finding in findings}
    for source in row.data_sources.all():
        if source.pk in quoted:
            continue
        text = str(source)
        evidence.append(bodies.Evidence(kind="Datenquelle", text=text, **mark(source)))
    return bodies.NeedEntry(
        code=row.code,
        title=row.title,
        description=row.description,
        life_phases=basis.life_phase_names(row),
        regions=basis.region_names(row),
        target_groups=titles(row.target_groups),
        priority=row.get_priority_display() or "",
        priority_by=row.priority_set_by,
        priority_on=row.priority_set_on,
        priority_reason=row.priority_reason,
        state=row.get_state_display(),
        evidence=tuple(evidence),
        answered_by=tuple(answers[row.pk]),
        **basis.mark(row),
    )


def swot(basis: Basis) -> tuple[bodies.Swot, ...]:
    """One table per Handlungsfeld that has entries."""
    rows = list(basis.of_cycle(SwotEntry).select_related("action_field").order_by("action_field__number", "pk"))
    fields = {row.pk: basis.field_of(row.action_field) for row in rows}

    def of(field: object, kind: SwotKind) -> tuple[bodies.Statement, ...]:
        return tuple(
            bodies.Statement(text=r.text, **basis.mark(r)) for r in rows if fields[r.pk] == field and r.kind == kind
        )

    return tuple(
        bodies.Swot(
            action_field=str(field),
            strengths=of(field, SwotKind.STRENGTH),
            weaknesses=of(field, SwotKind.WEAKNESS),
            opportunities=of(field, SwotKind.OPPORTUNITY),
            threats=of(field, SwotKind.THREAT),
        )
        for field in sorted(set(fields.values()), key=lambda field: (field.number, field.pk))
    )


# ---------------------------------------------------------------- 5 Leitbild und Ziele
def goals_body(basis: Basis) -> bodies.GoalsBody:
    """All of chapter 5 (two queries)."""
    return bodies.GoalsBody(
        family_concepts=adopted(basis, FamilyConcept),
        mission_statements=adopted(basis, MissionStatement),
        goals=tuple(goal_entry(basis, goal) for goal in basis.goals if goal.parent_id is None),
    )


def adopted(basis: Basis, model: type[FamilyConcept | MissionStatement]) -> tuple[bodies.AdoptedEntry, ...]:
    """Texts in the order of their adoption."""
    return tuple(
        bodies.AdoptedEntry(
            title=row.title,
            text=row.text,
            based_on=row.based_on,
            adopted_on=row.adopted_on,
            adopted_by=row.adopted_by,
            **basis.mark(row),
        )
        for row in basis.of_cycle(model).order_by(F("adopted_on").asc(nulls_last=True), "pk")
        if basis.belongs(row.adopted_on)
    )


def goal_entry(basis: Basis, row: Goal) -> bodies.GoalEntry:
    """A goal and what stands under it."""
    return bodies.GoalEntry(
        code=row.code,
        level=row.get_level_display(),
        title=row.title,
        description=row.description,
        priority=row.get_priority_display() or "",
        target_date=row.target_date,
        smart=tuple(bodies.Fact(label=label, value=getattr(row, name)) for name, label in SMART if getattr(row, name)),
        answers=tuple(basis.need_by_key[n.pk].code for n in row.needs.all() if n.pk in basis.need_by_key),
        children=tuple(goal_entry(basis, child) for child in basis.goals if child.parent_id == row.pk),
        **basis.mark(row),
    )
