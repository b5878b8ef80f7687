"""What the page of the comparison can choose from: frozen editions and the present state of all plans."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Municipality
from planning.models import ActionField
from plans.enums import PlanState
from plans.models import Plan, PlanVersion
from plans.parsing import read_plain
from plans.queries.plans import plans_of
from plans.queries.stored import origin_of, stored_part
from plans.queries.versions import base_for_comparison, state_label, versions_in
from printing.papers import running_origin
from records.models import stand_ins


def renamed_fields(year: int) -> dict[str, str]:
    """Under what the year knows each Handlungsfeld, where it calls it otherwise (one query)."""
    entries = {entry.pk: entry for entry in ActionField.objects.all()}
    names = stand_ins(entries.values(), (date(year, 1, 1), date(year, 12, 31)))
    return {str(entries[pk]): str(found) for pk, found in names.items() if found.pk != pk}


@dataclass(frozen=True)
class Side:
    """One side of a comparison. ``value`` stands in the address: „v12“ a frozen edition, „e3“ a plan as it is now."""

    value: str
    label: str
    version: PlanVersion | None = field(default=None, compare=False)
    plan: Plan | None = field(default=None, compare=False)

    @property
    def origin(self) -> str:
        """What a paper says of this side: the edition with its checksum, or that it is running."""
        return origin_of(self.version) if self.version else running_origin(timezone.localdate())

    def read(self, draw: Callable[[Plan], dict[str, Any]]) -> dict[str, Any]:
        """The plan as it stands in plan.json; ``draw`` makes it from the records where it is not frozen.

        Raises DamagedVersion.
        """
        if self.version is not None:
            return read_plain(stored_part(self.version, "content"))
        assert self.plan is not None
        return draw(self.plan)


def sides_of(municipality: Municipality) -> list[Side]:
    """All sides, the newest year first, within a year the present state before the editions (two queries)."""
    plans, versions = list(plans_of(municipality)), list(versions_in(municipality))
    found = [((plan.year, 1, 0), draft_side(plan)) for plan in plans]
    found += [((row.year, 0, row.edition), version_side(row)) for row in versions]
    return [side for _, side in sorted(found, key=lambda pair: pair[0], reverse=True)]


def draft_side(plan: Plan) -> Side:
    """A plan as the records are now."""
    words = "Einträge von heute" if plan.is_frozen else "Entwurf"
    edition = f", Fassung {plan.edition}" if plan.edition > 1 and not plan.is_frozen else ""
    return Side(f"e{plan.pk}", f"Plan {plan.year}, {words}{edition}", plan=plan)


def version_side(version: Any) -> Side:
    """A frozen edition with its state."""
    return Side(
        f"v{version.pk}",
        f"Plan {version.year}, Fassung {version.edition}, {state_label(version.state or PlanState.RELEASED)}",
        version,
    )


def usual_new(sides: list[Side]) -> Side | None:
    """What is looked at where nothing was chosen: the newest plan as it is now."""
    return next((side for side in sides if side.plan), None)


def usual_old(sides: list[Side], new: Side | None) -> Side | None:
    """What a side is compared with where nothing was chosen: the plan's base, else what stands before it in time."""
    if new is None:
        return None
    base = base_for_comparison(new.plan) if new.plan else None
    found = next((side for side in sides if base and side.value == f"v{base.pk}"), None)
    behind = sides[sides.index(new) + 1 :]
    return found or next(iter(behind), None) or next((side for side in sides if side != new), None)
