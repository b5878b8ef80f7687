"""All plans of a year as archive: one plan after the other against as many side by side as there are cores (two)."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from benchmarks.documents import spent
from plans.all_plans.jobs import ask_for_export, forget_files
from plans.all_plans.work import run_export
from plans.builder import build_plan
from plans.drawing import plan_pdf
from plans.enums import ExportState
from plans.queries.plans import plans_of_year

CORES = 2
TARGET = 1.8  # times as fast on two cores


@dataclass(frozen=True)
class Run:
    """Seconds by the clock, and of CPU with those of the drawing processes."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Run:
    """Measure once; 22 plans are enough to even out what a single one costs."""
    wall, cpu = time.perf_counter(), spent()
    work()
    return Run(time.perf_counter() - wall, spent() - cpu)


def one_after_the_other(year: int) -> None:
    """As a loop over ``export_plan`` would do it, without starting Django each time."""
    for plan in plans_of_year(year):
        if not plan_pdf(build_plan(plan)).startswith(b"%PDF"):
            sys.exit("Ein Plan ließ sich nicht als PDF schreiben.")


def side_by_side(year: int) -> None:
    """The way of the portal, with files, notes and archive."""
    settings.EXPORT_AT_ONCE = CORES
    export = ask_for_export(year=year, with_drafts=True, actor=None, in_background=False)
    if run_export(export.pk) != ExportState.DONE:
        sys.exit("Die Sammelausgabe ist nicht fertig geworden.")
    forget_files(export=export)


def table(year: int) -> list[list[str]]:
    """Rows for printing. On a busy machine the factor by the clock says little; then look at CPU ÷ clock."""
    count = plans_of_year(year).count()
    one, two = timed(lambda: one_after_the_other(year)), timed(lambda: side_by_side(year))
    factor = one.wall / two.wall
    mark = "" if factor >= TARGET else " !"
    load = f"Last {os.getloadavg()[0]:.1f}"
    return [
        [f"{count} Pläne", "Uhr", "CPU", "CPU ÷ Uhr", "Faktor", "Ziel"],
        ["nacheinander", f"{one.wall:.1f}", f"{one.cpu:.1f}", f"{one.cpu / one.wall:.2f}", "1,00", ""],
        [
            f"auf {CORES} Kernen",
            f"{two.wall:.1f}",
            f"{two.cpu:.1f}",
            f"{two.cpu / two.wall:.2f}",
            f"{factor:.2f}{mark}".replace(".", ","),
            "≥ 1,8",
        ],
        [load, *[""] * 5],
    ]
