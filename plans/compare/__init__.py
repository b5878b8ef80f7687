"""Two plans side by side: what is new, changed, dropped; on the parsed plan.json of both (docs/plan-json.md)."""

from plans.compare.comparing import compare, label_of
from plans.shapes import Comparison, FieldChange, Row, Run

__all__ = ["Comparison", "FieldChange", "Row", "Run", "compare", "label_of"]
