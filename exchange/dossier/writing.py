"""Writing the dossier of one municipality: the same records give the same bytes."""

import json
from typing import Any

from django.db import models

from accounts.models import Municipality
from exchange.dossier.fields import dossier_fields, label_of, target_of, tenant_models, write_record
from exchange.dossier.lives import lives_of, papers_of
from records.models import MunicipalRecord, NumberSeries

FORMAT, VERSION = "lsz-dossier", 1


def dossier_of(municipality: Municipality) -> dict[str, Any]:
    """Everything the portal knows about the municipality, as JSON values; kinds without records are left out."""
    records = {label_of(model): records_of(model, municipality) for model in tenant_models()}
    beside = {
        "numbers": gone_numbers(records, municipality),
        "lives": lives_of(municipality),
        "papers": papers_of(municipality),
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "municipality": municipality.ags,
        "records": {label: rows for label, rows in records.items() if rows},
    } | {name: value for name, value in beside.items() if value}


def gone_numbers(records: dict[str, list[dict[str, Any]]], municipality: Municipality) -> dict[str, int]:
    """The last number by kind where no record bears it any more: the portal that reads the dossier never gives it."""
    given = {row.kind: row.last for row in NumberSeries.objects.filter(municipality=municipality)}
    models = [model for model in tenant_models() if model._meta.label_lower in given]
    borne = {model: max((row["number"] for row in records[label_of(model)]), default=0) for model in models}
    return {label_of(model): last for model in models if (last := given[model._meta.label_lower]) > borne[model]}


def records_of(model: type[MunicipalRecord], municipality: Municipality) -> list[dict[str, Any]]:
    """The municipality's records of one kind by uid; a fixed number of queries."""
    fields = dossier_fields(model)
    references = [field.name for field in fields if isinstance(field, models.ForeignKey) and target_of(field)]
    links = [field.name for field in fields if isinstance(field, models.ManyToManyField)]
    rows = model._default_manager.filter(municipality=municipality)
    if references:
        rows = rows.select_related(*references)
    return sorted((write_record(row) for row in rows.prefetch_related(*links)), key=lambda row: str(row["uid"]))


def as_text(dossier: dict[str, Any]) -> str:
    """The file: UTF-8 text, keys in order, two blanks of indent, one line feed at the end."""
    return json.dumps(dossier, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
