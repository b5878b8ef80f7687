"""Models of money, in topical files."""

from funding.models.catalogue import CostKind

__all__ = ["CostKind"]
