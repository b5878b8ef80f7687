"""What has changed since the last approved edition; printed in chapter 8 and frozen with the plan.

Never since a draft or an edition that was returned: nobody has ever been told to follow it.
"""

from collections.abc import Callable

from plans.compare import compare
from plans.content import PlanContent, plain
from plans.models import Plan
from plans.parsing import read_plain
from plans.queries.comparing import renamed_fields
from plans.queries.versions import approved_before
from plans.shapes import Comparison


def changes_since(plan: Plan, content: Callable[[], PlanContent]) -> Comparison | None:
    """The comparison with the edition approved before, None where there is none (``content`` is not called)."""
    base = approved_before(plan)
    if base is None:
        return None
    renamed = renamed_fields(plan.year) if base.year != plan.year else {}
    old, new = read_plain(bytes(base.content)), plain(content())
    return compare(old, new, old_sha256=base.content_sha256, renamed=renamed)
