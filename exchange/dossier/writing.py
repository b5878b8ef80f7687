"""Writing the dossier of one municipality: the same records give the same bytes."""

import json
from typing import Any

from django.db import models

from accounts.models import Municipality
from exchange.dossier.fields import dossier_fields, label_of, target_of, tenant_models, write_record
from records.models import MunicipalRecord

FORMAT, VERSION = "lsz-dossier", 1


def dossier_of(municipality: Municipality) -> dict[str, Any]:
    """Everything the portal knows about the municipality, as JSON values; kinds without records are left out."""
    records = {label_of(model): records_of(model, municipality) for model in tenant_models()}
    return {
        "format": FORMAT,
        "version": VERSION,
        "municipality": municipality.ags,
        "records": {label: rows for label, rows in records.items() if rows},
    }


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
