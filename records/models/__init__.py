"""What all models of records are made of, and the working memory of their pages."""

from records.models.base import AppendOnly, HistoryRow, MunicipalRecord, ProgrammeRecord, Record
from records.models.files import StoredFile
from records.models.numbers import Numbered, NumberSeries, numbered_once
from records.models.steps import ChainedStep, StepRow
from records.models.validity import Span, Succeeded, day_in, held, in_force, stand_ins
from records.models.working import Batch, ColumnChoice, FormDraft, SubmissionKey, TableImport

__all__ = [
    "AppendOnly",
    "Batch",
    "ChainedStep",
    "ColumnChoice",
    "FormDraft",
    "HistoryRow",
    "MunicipalRecord",
    "NumberSeries",
    "Numbered",
    "ProgrammeRecord",
    "Record",
    "Span",
    "StepRow",
    "StoredFile",
    "SubmissionKey",
    "Succeeded",
    "TableImport",
    "day_in",
    "held",
    "in_force",
    "numbered_once",
    "stand_ins",
]
