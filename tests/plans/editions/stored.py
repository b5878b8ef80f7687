"""Editions that were frozen once and are kept as files (README.md): read from there and put into the database."""

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from accounts.models import Municipality
from planning.models import PlanningCycle
from plans.models import Plan, PlanEvent, PlanVersion

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/rows.json"))
PARTS = {"content": "plan.json", "pages": "pages.json", "pdf": "plan.pdf"}
REASON = "Schritt: "  # of the rows in a plan's history that belong to a step


@cache
def rows_of(folder: Path) -> dict[str, Any]:
    """The rows of the database beside the large columns."""
    rows: dict[str, Any] = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
    return rows


@cache
def part(folder: Path, edition: int, name: str) -> bytes:
    """``content``, ``pages`` or ``pdf`` of an edition."""
    return (folder / f"fassung-{edition}" / PARTS[name]).read_bytes()


def newest_content(folder: Path) -> bytes:
    """The plan.json of the folder's last edition."""
    return part(folder, rows_of(folder)["versions"][-1]["edition"], "content")


def load(folder: Path, municipality: Municipality) -> Plan:
    """Put the plan with its editions and steps into the database, as if they had been there ever since."""
    rows = rows_of(folder)
    assert municipality.ags == rows["municipality"]["ags"]
    cycle = PlanningCycle.objects.create(municipality=municipality, **rows["cycle"])
    given = rows["plan"] | {"as_of": date.fromisoformat(rows["plan"]["as_of"])}
    plan = Plan.objects.create(municipality=municipality, cycle=cycle, **given)
    versions = {row["edition"]: load_version(folder, plan, row) for row in rows["versions"]}
    for row in rows["events"]:
        load_event(plan, row, versions)
    return plan


def load_version(folder: Path, plan: Plan, row: dict[str, Any]) -> PlanVersion:
    """An edition with its large columns."""
    parts = {name: part(folder, row["edition"], name) for name in PARTS}
    moment = {"frozen_at": datetime.fromisoformat(row["frozen_at"])}
    return PlanVersion.objects.create(municipality=plan.municipality, plan=plan, **(row | moment | parts))


def load_event(plan: Plan, row: dict[str, Any], versions: dict[int, PlanVersion]) -> None:
    """A step, and its row in the history of the plan, which is its second witness."""
    values = {key: value for key, value in row.items() if key != "about_edition"}
    moment = {"at": datetime.fromisoformat(row["at"])}
    event = PlanEvent.objects.create(plan=plan, version=versions.get(row["about_edition"]), **(values | moment))
    told = plan.history.latest()
    told.pk = None
    told.state, told.edition = event.to_state, event.edition + (event.action in ("revise", "amend"))
    told.history_type, told.history_date = "~", event.at
    told.history_change_reason = f"{REASON}{event.action}"
    told.save(force_insert=True)
