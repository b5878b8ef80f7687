"""Kennzahlen of chapter 3: what was typed, and what is published or reckoned of those that were chosen."""

from collections.abc import Iterable, Iterator
from typing import Any

from insight.figures import Figure, Series, Value
from insight.figures.area_map import LEAST, area_rows
from insight.figures.chart import WIDE
from insight.figures.queries import read_figures
from insight.figures.series import LEVELS, NO_VALUE
from planning.enums import Placeholder
from planning.models import IndicatorValue, OwnValue, ReportedIndicator
from plans import bodies
from plans.builder.basis import Basis, mark
from records.text import sort_key

Key = tuple[str, str, str, str, int]  # Kennzahl, unit, level, area, year


def figures(basis: Basis) -> dict[str, Any]:
    """``figures``, ``figure_notes`` and ``maps`` of the chapter (three queries, up to nine more with chosen ones)."""
    chosen = list(basis.own(ReportedIndicator).select_related("indicator").order_by("sort_key", "pk"))
    own = typed_rows(basis, OwnValue)
    numbers = [row.indicator_id for row in chosen] + [-pk for pk in {row.indicator_id for row in own}]
    found = {figure.pk: figure for figure in read_figures(basis.municipality, indicators=numbers)} if numbers else {}
    picked = [(row, found[row.indicator_id]) for row in chosen if row.indicator_id in found]
    published = [line for _, figure in picked for line in published_lines(figure, basis.year)]
    lines = typed_lines([*typed_rows(basis, IndicatorValue), *own])
    own_figures = [figure for figure in found.values() if figure.is_own]
    mapped = [figure for row, figure in picked if row.by_area] + own_figures
    return {
        "figures": together(lines, published),
        "figure_notes": (
            *(note_of(figure, basis.year, row.meaning, **mark(row)) for row, figure in picked),
            *(note_of(figure, basis.year, "", example=figure.is_example) for figure in own_figures),
        ),
        "maps": tuple(one for figure in mapped for one in maps_of(figure, basis.year)),
    }


def typed_rows(basis: Basis, model: Any) -> list[Any]:
    """Values up to the plan's year, by figure, area and year (one query)."""
    related = ("indicator", "data_source", "region", "commune")
    rows = basis.own(model).filter(year__lte=basis.year).select_related(*related)
    return list(rows.order_by("indicator__sort_key", "sort_key", "pk"))


def typed_lines(rows: Iterable[Any]) -> tuple[bodies.Figure, ...]:
    """What was typed."""
    return tuple(
        bodies.Figure(
            indicator=row.indicator.title,
            unit=row.indicator.unit,
            area=row.place,
            year=row.year,
            value=row.value,
            sign=row.placeholder,
            sign_meaning=Placeholder(row.placeholder).label if row.placeholder else "",
            data_source=row.data_source.code if row.data_source else "",
            level=row.level,
            **mark(row),
        )
        for row in rows
    )


def published_lines(figure: Figure, until: int) -> Iterator[bodies.Figure]:
    """What is published or reckoned for the municipality and Thüringen; Gemeinden and regions stand on maps."""
    for series in figure.series:
        for value in series.by_year.values():
            if series.level in WIDE and value.is_published and value.year <= until:
                yield published_line(figure, series, value)


def published_line(figure: Figure, series: Series, value: Value) -> bodies.Figure:
    """A value that is no record of the municipality."""
    return bodies.Figure(
        indicator=figure.title,
        unit=figure.unit,
        area=series.area,
        year=value.year,
        value=value.value,
        sign=value.sign,
        sign_meaning=Placeholder(value.sign).label if value.sign else "",
        data_source="",
        level=series.level,
        source=value.source,
        contradiction=value.contradiction,
        example=value.is_example,
        uncertain=value.is_uncertain,
    )


def together(typed: Iterable[bodies.Figure], published: list[bodies.Figure]) -> tuple[bodies.Figure, ...]:
    """All by Kennzahl; of a chosen one by area and year, a published value in the place of what was typed."""
    taken = {key_of(line) for line in published}
    chosen = {key[:2] for key in taken}
    kept = [line for line in typed if key_of(line) not in taken]
    if not published:
        return tuple(kept)

    def order(line: bodies.Figure) -> tuple[Any, ...]:
        place = (LEVELS.get(line.level, 9), sort_key(line.area), line.year)
        return (sort_key(line.indicator), line.unit, *(place if key_of(line)[:2] in chosen else ()))

    return tuple(sorted([*kept, *published], key=order))


def key_of(line: bodies.Figure) -> Key:
    """What there is one value of."""
    return line.indicator, line.unit, line.level, line.area, line.year


def note_of(figure: Figure, until: int, meaning: str, **marked: Any) -> bodies.FigureNote:
    """How a Kennzahl is counted, and what has to be said beside it."""
    shown = [series for series in figure.series if series.level in WIDE]
    sources = {value.source for series in shown for value in series.values if value.source and value.year <= until}
    return bodies.FigureNote(
        **marked | {"source": "; ".join(sorted(sources, key=sort_key)) or figure.source},
        indicator=figure.title,
        unit=figure.unit,
        definition=figure.definition,
        formula=figure.formula,
        meaning=meaning,
        breaks=tuple(
            bodies.FigureBreak(level=series.level, area=series.area, year=year, words=words)
            for series in shown
            for year, words in series.counted_otherwise
            if year in series.years_between and year <= until
        ),
        remarks=tuple(dict.fromkeys(remark for series in shown for remark in remarks_of(series, until))),
    )


def remarks_of(series: Series, until: int) -> Iterator[str]:
    """Years in which a part was missing, and values of different days or corrected ones."""
    for value in series.values:
        if value.year <= until and value.is_published and (value.note or value.contradiction):
            said = f"{NO_VALUE}, {value.note}" if value.value is None and not value.sign else value.note
            words = ", ".join(filter(None, (said, value.contradiction)))
            yield f"{series.area} {value.year}: {words}."


def maps_of(figure: Figure, until: int) -> Iterator[bodies.FigureMap]:
    """By Planungsregion and by Gemeinde, where enough areas have a number."""
    for level in LEAST:
        known = area_rows(figure.series, level, until)
        if known is None:
            continue
        year, rows = known
        values = [series.by_year[year] for series in figure.series if series.level == level and year in series.by_year]
        yield bodies.FigureMap(
            indicator=figure.title,
            unit=figure.unit,
            level=str(level),
            year=year,
            example=all(value.is_example for value in values),
            rows=tuple(bodies.MapRow(area=r.area, value=r.value, sign=r.sign, note=r.note) for r in rows),
        )
