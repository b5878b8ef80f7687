"""Chapter 1: Auftrag und Ausgangslage."""

from datetime import date, timedelta

from participation.models import SupportRecord
from planning.enums import Maturity, SuccessIndicator
from planning.models import (
    Agreement,
    Certificate,
    EntryLevel,
    Hurdle,
    LinkedStrategy,
    PlannerPost,
    PlanningCycle,
    PriorProgramme,
    StartingCondition,
)
from plans import bodies
from plans.builder.basis import Basis, mark
from printing.templatetags.papers import bis, lang, zahl
from records.text import sort_key
from records.vague import DAY, VagueDate

SHARED = (
    ("shared_goals", "Ziele"),
    ("shared_target_groups", "Zielgruppen"),
    ("shared_bodies", "Gremien"),
    ("shared_data", "Daten"),
    ("shared_funds", "Mittel"),
)


def mandate_body(basis: Basis) -> bodies.MandateBody:
    """All of chapter 1 (nine queries)."""
    posts, levels = planner_posts(basis), entry_levels(basis)
    agreements = [
        a
        for a in basis.own(Agreement).order_by("signed_on", "pk")
        if basis.belongs(a.signed_on) and basis.belongs(a.begin, planned=True)
    ]
    programmes = [p for p in basis.own(PriorProgramme).order_by("begin", "pk") if basis.belongs(p.begin)]
    return bodies.MandateBody(
        facts=facts(basis, posts, agreements, levels, programmes),
        conditions=conditions(basis),
        programmes=tuple(
            bodies.ProgrammeEntry(
                title=row.title,
                begin=row.begin,
                end=row.end,
                result=row.result,
                structures=row.reusable_structures,
                **mark(row),
            )
            for row in programmes
        ),
        certificates=tuple(
            bodies.CertificateEntry(
                title=row.title,
                issuer=row.issuer,
                awarded_on=row.awarded_on,
                valid_until=row.valid_until,
                recertification=row.recertification,
                note=row.note,
                **mark(row),
            )
            for row in basis.own(Certificate).order_by("awarded_on", "pk")
            if basis.belongs(row.awarded_on)
        ),
        posts=with_vacancies(posts, basis.plan.statement_day),
        agreements=tuple(
            bodies.AgreementEntry(
                title=row.title,
                parties=row.parties,
                signed_on=row.signed_on,
                begin=row.begin,
                end=row.end,
                content=row.content,
                **mark(row),
            )
            for row in agreements
        ),
        strategies=strategies(basis),
        levels=level_lines(levels),
        hurdles=hurdle_lines(basis),
    )


def planner_posts(basis: Basis) -> list[PlannerPost]:
    """The posts that had begun by the end of the year, in order of time (one query)."""
    return [post for post in basis.own(PlannerPost).order_by("begin", "pk") if basis.belongs(post.begin, planned=True)]


def entry_levels(basis: Basis) -> list[EntryLevel]:
    """The Stufen up to the end of the year, in order of time (one query)."""
    return [
        level for level in basis.own(EntryLevel).order_by("begin", "pk") if basis.belongs(level.begin, planned=True)
    ]


def level_lines(levels: list[EntryLevel]) -> tuple[bodies.Level, ...]:
    """The history of the Stufe."""
    return tuple(
        bodies.Level(title=str(row), begin=row.begin, end=row.end, note=row.note, **mark(row)) for row in levels
    )


def hurdle_lines(basis: Basis) -> tuple[bodies.HurdleEntry, ...]:
    """The hurdles that had begun by the end of the year, in order of time (one query)."""
    return tuple(
        bodies.HurdleEntry(
            title=row.title,
            category=row.get_category_display(),
            phase=row.get_phase_display(),
            begin=row.begin,
            end=None if basis.came_later(row.end) else row.end,
            description=row.description,
            helped=row.what_helped,
            **mark(row),
        )
        for row in basis.own(Hurdle).order_by("begin", "pk")
        if basis.belongs(row.begin)
    )


def facts(
    basis: Basis,
    posts: list[PlannerPost],
    agreements: list[Agreement],
    levels: list[EntryLevel],
    programmes: list[PriorProgramme],
) -> tuple[bodies.Fact, ...]:
    """The table „Auf einen Blick“; a line without content is left out."""
    day = basis.plan.statement_day
    found = [
        bodies.Fact(label="Zeitraum", value=named_period(basis.plan.cycle), **mark(basis.plan.cycle)),
    ]
    found += [
        bodies.Fact(label="Stufe", value=f"{level}, {bis(level.begin, level.end)}", **mark(level))
        for level in levels[-1:]
    ]
    for post in posts:
        if post.is_lsz_post and not (post.end and post.end.last < day):
            extent = f", {zahl(post.full_time_equivalent)} VzÄ" if post.full_time_equivalent is not None else ""
            held = f"besetzt {bis(post.begin, post.end)}{extent}"
            found.append(bodies.Fact(label="Planerstelle", value=held, **mark(post)))
    found += [
        bodies.Fact(
            label="Vertrag", value=f"{row.title}, {row.parties}, {lang(row.signed_on or row.begin)}", **mark(row)
        )
        for row in agreements
    ]
    support = [s for s in basis.own(SupportRecord).only("given_by", "begin") if s.given_by and basis.belongs(s.begin)]
    givers = sorted({s.given_by for s in support}, key=sort_key)
    if givers:
        found.append(bodies.Fact(label="Prozessbegleitung", value=", ".join(givers)))
    if programmes:
        names = " · ".join(f"{row.title} ({bis(row.begin, row.end)})" for row in programmes)
        found.append(bodies.Fact(label="Vorerfahrungen", value=names))
    return tuple(found)


def named_period(cycle: PlanningCycle) -> str:
    """The cycle with its years, which its title may name already."""
    return str(cycle) if cycle.years in str(cycle) else f"{cycle}, {cycle.years}"


def conditions(basis: Basis) -> tuple[bodies.Condition, ...]:
    """The latest assessment of each of the four indicators, with the earlier ones."""
    steps = list(Maturity.values)
    rows = [r for r in basis.own(StartingCondition).order_by("assessed_on", "pk") if basis.belongs(r.assessed_on)]
    found = []
    for indicator in SuccessIndicator.values:
        history = [row for row in rows if row.indicator == indicator]
        if not history:
            continue
        row = history[-1]
        found.append(
            bodies.Condition(
                indicator=row.get_indicator_display(),
                assessed_on=row.assessed_on,
                maturity=row.get_maturity_display(),
                step=steps.index(row.maturity) + 1,
                answers=row.answers,
                comment=row.comment,
                **mark(row),
                earlier=tuple(f"{old.get_maturity_display()} ({lang(old.assessed_on)})" for old in history[:-1]),
            )
        )
    return tuple(found)


def strategies(basis: Basis) -> tuple[bodies.Strategy, ...]:
    """Linked strategies with what is shared."""
    return tuple(
        bodies.Strategy(
            title=row.title,
            shared=tuple(
                bodies.Fact(label=label, value=getattr(row, name)) for name, label in SHARED if getattr(row, name)
            ),
            agreed_on=row.agreed_on,
            contact=row.contact,
            **mark(row),
        )
        for row in basis.own(LinkedStrategy).order_by("sort_key", "pk")
        if basis.belongs(row.agreed_on)
    )


def with_vacancies(posts: list[PlannerPost], day: date) -> tuple[bodies.Post, ...]:
    """The posts in order, and between the programme's own ones the gaps in which nobody held one."""
    found: list[bodies.Post] = []
    held_until: date | None = None
    last_title = ""
    for post in posts:
        begin = post.begin.first if post.begin else None
        if post.is_lsz_post:
            if held_until and begin and begin - timedelta(days=1) > held_until:
                found.append(vacancy(last_title, held_until, begin))
            end = post.end.last if post.end else date.max
            held_until, last_title = max(held_until or end, end), post.title
        found.append(
            bodies.Post(
                title=post.title,
                extent=post.full_time_equivalent,
                located_at=post.located_at,
                begin=post.begin,
                end=post.end,
                projects=post.further_projects,
                **mark(post),
            )
        )
    if held_until and held_until < day:
        found.append(vacancy(last_title, held_until, None))
    return tuple(found)


def vacancy(title: str, held_until: date, begin: date | None) -> bodies.Post:
    """A gap: from the day after one holder to the day before the next; open where nobody followed."""
    return bodies.Post(
        title=title,
        extent=None,
        located_at="",
        begin=VagueDate(held_until + timedelta(days=1), DAY),
        end=VagueDate(begin - timedelta(days=1), DAY) if begin else None,
        projects="",
        vacant=True,
    )
