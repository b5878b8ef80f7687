"""The Finanzplan of a year as its page shows it: lines, sums, limits in words, the years side by side."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from accounts.models import Municipality
from funding.domain.reckoning.arithmetic import Check, PlanLimits, Sums, check_plan
from funding.domain.reckoning.steps import NOTHING, euro, known_total, percent, ratio, total
from funding.enums import Source
from funding.models import BudgetLine, BudgetYear
from funding.queries.budget import lines_in
from planning.enums import ShareBase
from planning.models import FundingRule
from planning.queries.funding_rules import rule_of
from records.amounts import written

SUM = "Summe"
Cell = tuple[str, str]  # the head of the column, which a narrow page shows beside it, and what stands in it
WITHOUT_FIELD = "ohne Handlungsfeld"
WITHOUT_KIND = "ohne Kostenart"
THE_MUNICIPALITY = "Kommune selbst"
HEADS = {
    Source.LAND: "Land",
    Source.MUNICIPAL: "Kommune",
    Source.OWN: "Eigenmittel",
    Source.THIRD: "Dritte",
    Source.FEES: "Beiträge",
    Source.OPEN: "noch offen",
}
LABELS = {"maximum": "Höchstbetrag", "share": "Landesanteil", "minimum": "Anteil der Kommune"}
PART = {  # the columns of a line, as the rules call them
    Source.LAND: "state",
    Source.MUNICIPAL: "municipal",
    Source.OWN: "own",
    Source.THIRD: "third",
    Source.FEES: "fees",
    Source.OPEN: "unknown",
}
OVER_LAND = "von Land und Kommune zusammen"
OVER_ALL = "aller zuwendungsfähigen Ausgaben"


def sums_of(lines: Iterable[Mapping[str, Decimal | None]]) -> Sums:
    """Every source added up over some lines."""
    rows = list(lines)
    return Sums(**{PART[source]: total(row.get(source) for row in rows) for source in Source})


def amount_or_dash(amount: Decimal | None) -> str:
    """What is not said is no zero."""
    return "–" if amount is None else written(amount)


def limits_for(rule: FundingRule) -> PlanLimits:
    """The limits of a year as plain values."""
    return PlanLimits(
        maximum=rule.maximum_grant,
        share=rule.maximum_share,
        minimum=rule.min_municipal_share,
        base="state_and_municipal" if rule.share_base == ShareBase.STATE_AND_MUNICIPAL else "all",
    )


@dataclass(frozen=True)
class LimitLine:
    """A limit in words; ``code`` names it for the script. An official plan leaves out what is not set."""

    code: str
    label: str
    text: str
    holds: bool
    is_set: bool = True


@dataclass(frozen=True)
class SumLine:
    """A name with its sums by source and altogether."""

    label: str
    lines: tuple[BudgetLine, ...]

    @property
    def sums(self) -> Sums:
        """What comes from each source."""
        return sums_of(line.amounts for line in self.lines)

    def cells(self, sources: Iterable[Source]) -> tuple[Cell, ...]:
        """By source, in their order, and altogether; a dash where no line says anything."""
        said = {source: known_total(line.amounts[source] for line in self.lines) for source in Source}
        parts = ((HEADS[source], amount_or_dash(said[source])) for source in sources)
        return (*parts, (SUM, amount_or_dash(known_total(said.values()))))


@dataclass(frozen=True)
class Row:
    """A line as the table shows it; ``note`` says why it does not count, or what is missing."""

    label: str
    url: str
    about: str
    cells: tuple[Cell, ...]
    total: str
    note: str
    is_example: bool


@dataclass(frozen=True)
class Budget:
    """A Finanzplan with its lines and the rule of its year; nothing is read while it is shown.

    While it is not resolved, lines of measures that do not run in the year do not count; a resolved one holds none.
    """

    year: BudgetYear
    lines: tuple[BudgetLine, ...]
    rule: FundingRule

    @classmethod
    def of(cls, year: BudgetYear) -> "Budget":
        """Read it, in two queries."""
        lines = lines_in(year.municipality).filter(budget_year=year)
        return cls(year, tuple(lines), rule_of(year.municipality_id, year.year))

    @cached_property
    def counted(self) -> tuple[BudgetLine, ...]:
        """The lines that count."""
        return tuple(line for line in self.lines if line.counts)

    @cached_property
    def sums(self) -> Sums:
        """Of all that counts."""
        return sums_of(line.amounts for line in self.counted)

    @cached_property
    def eligible(self) -> Sums:
        """Of what counts for the shares."""
        return sums_of(line.amounts for line in self.counted if line.counts_as_eligible)

    @cached_property
    def limits(self) -> PlanLimits:
        """The limits of the year."""
        return limits_for(self.rule)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Each limit with what is left."""
        return checks_of(self.eligible, self.sums, self.limits)

    @cached_property
    def said(self) -> tuple[LimitLine, ...]:
        """The limits in words, and both shares."""
        return said_of(self.checks, self.eligible, self.limits)

    def grouped(self, name_of: Callable[[BudgetLine], tuple[Any, str]]) -> tuple[SumLine, ...]:
        """Sums by what a function says of a line: by what it is ordered, and its name."""
        found: dict[tuple[Any, str], list[BudgetLine]] = defaultdict(list)
        for line in self.counted:
            found[name_of(line)].append(line)
        return tuple(SumLine(key[1], tuple(found[key])) for key in sorted(found))

    @cached_property
    def by_field(self) -> tuple[SumLine, ...]:
        """By Handlungsfeld."""
        return self.grouped(lambda line: (line.field.sort_key, str(line.field)) if line.field else ("~", WITHOUT_FIELD))

    @cached_property
    def by_kind(self) -> tuple[SumLine, ...]:
        """By Kostenart."""
        return self.grouped(
            lambda line: (line.cost_kind.sort_key, str(line.cost_kind)) if line.cost_kind else ("~", WITHOUT_KIND)
        )

    @cached_property
    def by_provider(self) -> tuple[SumLine, ...]:
        """By Träger; what the Kommune runs itself comes first."""
        return self.grouped(
            lambda line: (f"1{line.carrier.sort_key}", str(line.carrier)) if line.carrier else ("0", THE_MUNICIPALITY)
        )

    def rows(self, url_of: Callable[[BudgetLine], str]) -> tuple[Row, ...]:
        """The lines in their order."""
        return tuple(
            Row(
                label=str(line),
                url=url_of(line),
                about=" · ".join(str(part) for part in (line.cost_kind, line.carrier) if part),
                cells=tuple((HEADS[source], amount_or_dash(line.amounts[source])) for source in self.shown_sources),
                total=written(line.total) if line.has_amount else "–",
                note=self._note(line),
                is_example=line.is_example,
            )
            for line in self.lines
        )

    def _note(self, line: BudgetLine) -> str:
        if line not in self.counted:
            return f"zählt nicht: Die Maßnahme läuft {self.year.year} nicht"
        if not line.has_amount:
            return "ohne Angabe"
        return "" if line.counts_as_eligible else "nicht zuwendungsfähig"

    @property
    def shown_sources(self) -> tuple[Source, ...]:
        """The columns; what is still open stands only where there is something."""
        return tuple(
            source for source in Source if source != Source.OPEN or any(line.open is not None for line in self.lines)
        )


def checks_of(eligible: Sums, sums: Sums, limits: PlanLimits) -> tuple[Check, ...]:
    """The limits of a plan; all money of the Land counts, also on lines that are not eligible."""
    _, share, minimum = check_plan(eligible, limits)
    if share.bound is not None and sums.state != eligible.state:
        free = share.bound - sums.state
        share = replace(share, amount=sums.state, free=free, is_met=free >= 0)
    return (check_plan(sums, limits)[0], share, minimum)


def said_of(checks: Iterable[Check], eligible: Sums, limits: PlanLimits) -> tuple[LimitLine, ...]:
    """Each limit in a sentence with what is left, then both shares."""
    lines = tuple(limit_line(check, limits) for check in checks)
    of_all, of_public = (ratio(eligible.state, base) for base in (eligible.total, eligible.base("state_and_municipal")))
    own = ratio(eligible.municipal, eligible.total)
    parts = [
        f"Land {shown(of_all)} {OVER_ALL}",
        f"{shown(of_public)} {OVER_LAND}",
        f"Kommune {shown(own)} {OVER_ALL}",
    ]
    return (*lines, LimitLine("shares", "Anteile", " · ".join(parts), True, is_set=of_all is not None))


def shown(value: Decimal | None) -> str:
    """„59,4642 %“; nothing has no share."""
    return "–" if value is None else f"{written(value)} %"


def limit_line(check: Check, limits: PlanLimits) -> LimitLine:
    """One limit; what is not set says so."""
    label = LABELS[check.kind]
    if check.bound is None or check.free is None:
        return LimitLine(check.kind, label, "nicht festgelegt, wird nicht geprüft", True, is_set=False)
    base = OVER_LAND if limits.base == "state_and_municipal" else OVER_ALL
    left, holds = euro(abs(check.free)), bool(check.is_met)
    if check.kind == "maximum":
        words = f"noch {left} bis zum Höchstbetrag" if holds else f"{left} über dem Höchstbetrag"
        return LimitLine(check.kind, label, f"{euro(check.amount)} von {euro(check.bound)}: {words}", holds)
    if check.kind == "share":
        words = f"noch {left} frei" if holds else f"{left} zu viel"
        bound = f"höchstens {euro(check.bound)} ({percent(limits.share or NOTHING)} {base})"
    else:
        words = f"{left} mehr als nötig" if holds else f"es fehlen {left}"
        bound = f"mindestens {euro(check.bound)} ({percent(limits.minimum or NOTHING)} {base})"
    return LimitLine(check.kind, label, f"{euro(check.amount)} von {bound}: {words}", holds)


@dataclass(frozen=True)
class SumTable:
    """Sums under one heading, each with its cells."""

    heading: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def sum_tables(budget: Budget) -> tuple[SumTable, ...]:
    """By Handlungsfeld, Kostenart and Träger."""
    groups = (("Handlungsfeld", budget.by_field), ("Kostenart", budget.by_kind), ("Träger", budget.by_provider))
    return tuple(
        SumTable(heading, tuple((line.label, line.cells(budget.shown_sources)) for line in lines))
        for heading, lines in groups
    )


def several_years(municipality: Municipality, years: Iterable[BudgetYear]) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """Every line's total in each year, by name and Kostenart, in one query; a dash where a year has no such line."""
    listed = list(years)
    rows: dict[tuple[str, str], dict[int, Decimal]] = {}
    for line in lines_in(municipality).filter(budget_year__in=listed):
        name = (line.title, str(line.cost_kind or ""))
        if line.has_amount:
            rows.setdefault(name, {})[line.budget_year_id] = line.total
    if not rows:
        return ()
    sums = ((year.pk, known_total(found.get(year.pk) for found in rows.values())) for year in listed)
    rows[SUM, ""] = {pk: amount for pk, amount in sums if amount is not None}

    def cells(found: dict[int, Decimal]) -> tuple[Cell, ...]:
        return tuple((str(year.year), amount_or_dash(found.get(year.pk))) for year in listed)

    return tuple((f"{title} ({kind})" if kind else title, cells(found)) for (title, kind), found in rows.items())
