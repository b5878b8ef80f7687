"""What has changed since the edition or the year before; printed in chapter 8 and frozen with the plan."""

from collections.abc import Callable

from plans.compare import compare
from plans.content import PlanContent, plain
from plans.models import Plan
from plans.parsing import read_plain
from plans.queries.versions import base_for_comparison
from plans.shapes import Comparison


def changes_since(plan: Plan, content: Callable[[], PlanContent]) -> Comparison | None:
    """The comparison with the plan's base (queries.versions), None where it has none (``content`` is not called)."""
    base = base_for_comparison(plan)
    if base is None:
        return None
    return compare(read_plain(bytes(base.content)), plain(content()), old_sha256=base.content_sha256)
