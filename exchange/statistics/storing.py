"""Taking a file over: everything in one transaction or nothing, with the same judgement as the preview."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import IO, Any

from django.db import transaction

from accounts.models import Municipality, User
from exchange.statistics.layout import SeriesKey
from exchange.statistics.review import CHANGED, NEW, Choice, Judge, Review
from exchange.statistics.units import factor_of
from planning.domain.official import (
    AT_ONCE,
    add_series,
    add_values,
    correct_value,
    keep_import,
    load_areas,
    move_series,
    note_import,
)
from planning.enums import SpatialLevel, StatImportState
from planning.models import Indicator, OfficialSeries, OfficialValue, StatImport

SUMMABLE = frozenset({"Anzahl", "Tsd. EUR", "Mill. EUR"})  # averages and rates are printed in other units
ABOUT = "Wie in der amtlichen Statistik {}, Merkmal {}."
LONGEST_TITLE = 160
Tell = Callable[[int], None]


def review_file(file: IO[bytes], choice: Choice) -> Review:
    """What the file would change. Raises StatRefused."""
    load_areas()
    return Judge(file, choice).review()


@transaction.atomic
def store_file(
    file: IO[bytes], *, waiting: StatImport, choice: Choice, actor: User | None, tell: Tell = lambda done: None
) -> Review:
    """Store what the file brings. Raises StatRefused; nothing is stored then."""
    load_areas()
    judge = Judge(file, choice)
    review = Review(judge.scan, unknown=judge.unknown, proposed=judge.proposed)
    add_values(new_values(judge, review, waiting, actor, tell))
    note_import(waiting, StatImportState.DONE, counts=review.as_json(), problem="")
    return review


def new_values(
    judge: Judge, review: Review, waiting: StatImport, actor: User | None, tell: Tell
) -> Iterator[OfficialValue]:
    """The rows to be added; series are made and corrections written on the way."""
    for done, judged in enumerate(judge.judged(), 1):
        if done % AT_ONCE == 0:
            tell(done)
        review.note(judged)
        seen, (value, sign, quality, _) = judged.seen, judged.seen.printed
        if judged.verdict == CHANGED and judged.stored:
            correct_value(stored=judged.stored, value=value, sign=sign, quality=quality, stat_import=waiting)
        if judged.verdict != NEW:
            continue
        if seen.series not in judge.series:
            judge.series[seen.series] = series_for(judge, seen.series, actor)
        yield OfficialValue(
            series=judge.series[seen.series],
            area=judge.areas[seen.area],
            begin=seen.period.begin,
            length=seen.period.length,
            value=value,
            sign=sign,
            quality=quality,
            stat_import=waiting,
        )


def series_for(judge: Judge, key: SeriesKey, actor: User | None) -> OfficialSeries:
    """The series of a combination that has no values yet: of the Kennzahl that was chosen, else of a new one."""
    indicator, empty = judge.belonging.target(key), judge.belonging.empty.get(key)
    if indicator is None:
        indicator = new_indicator(judge, key)
    factor = judge.belonging.factors[key]
    if empty is not None:
        return move_series(empty, actor=actor, indicator=indicator, factor=factor)
    return add_series(actor=actor, indicator=indicator, key=key, factor=factor, wording=judge.scan.wordings[key])


def new_indicator(judge: Judge, key: SeriesKey) -> Indicator:
    """A new Kennzahl with the words and the unit of the table; names that are taken are told apart by their codes."""
    wording, (_, unit) = judge.scan.wordings[key], factor_of(key.unit)
    title = wording[:LONGEST_TITLE]
    if Indicator.objects.filter(title=title, unit=unit).exists():
        codes = f" [{key.statistic} {key.measure} {key.filter}]"[:90]
        title = wording[: LONGEST_TITLE - len(codes)] + codes
    return Indicator(
        title=title,
        definition=ABOUT.format(key.statistic, wording),
        unit=unit,
        source="Statistische Ämter des Bundes und der Länder",
        table_code=key.statistic,
        level=SpatialLevel.DISTRICT,
        may_sum=key.unit in SUMMABLE,
    )


def new_import(
    file: IO[bytes], *, name: str, user: User | None, municipality: Municipality | None, **more: Any
) -> StatImport:
    """Note a file that is to be read in."""
    waiting = StatImport(user=user, municipality=municipality, name=plain_name(name), sha256=sha_of(file), **more)
    return keep_import(waiting)


def sha_of(file: IO[bytes]) -> str:
    """The checksum of the file as it was sent."""
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return found


def plain_name(name: str) -> str:
    """The last part of a file name, as long as it can be kept."""
    return PurePath(name.replace("\\", "/")).name[-255:] or "Tabelle.csv"
