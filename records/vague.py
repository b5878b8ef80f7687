"""Dates as vague as they were meant; they stand in accounts.vague, where the lowest room reads them too."""

from accounts.vague import (
    DAY,
    FIRST_YEAR,
    HALF,
    LAST_YEAR,
    MONTH,
    MONTHS,
    PRECISIONS,
    QUARTER,
    YEAR,
    VagueDate,
    ends_before_start,
    span_text,
)

__all__ = [
    "DAY",
    "FIRST_YEAR",
    "HALF",
    "LAST_YEAR",
    "MONTH",
    "MONTHS",
    "PRECISIONS",
    "QUARTER",
    "YEAR",
    "VagueDate",
    "ends_before_start",
    "span_text",
]
