"""What every portal starts with: the municipalities of the programme and its catalogues."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Municipality
from exchange.dossier.fields import label_of, programme_models
from exchange.dossier.load import Loader, Rows, in_order

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_catalogue() -> dict[str, int]:
    """Add what is missing; what is already there stays, even changed. Returns how many rows were added per kind."""
    added = {str(Municipality._meta.verbose_name_plural): _load_municipalities()}
    records = read_data("catalogue.json")["records"]
    rows: Rows = {(m, row["uid"]): row for m in programme_models() for row in records.get(label_of(m), [])}
    loader = Loader(municipality=None, actor=None)
    for model, uid in in_order(rows):
        label = str(model._meta.verbose_name_plural)
        added.setdefault(label, 0)
        if loader.find(model, uid) is None:
            loader.create(model, rows[model, uid])
            added[label] += 1
    return added


def read_data(name: str) -> Any:
    """A JSON file of this package."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _load_municipalities() -> int:
    """Source of names, keys and population: statistics offices; Eisenach until its incorporation on 30.06.2021."""
    added = 0
    for row in read_data("municipalities.json"):
        if not Municipality.objects.filter(ags=row["ags"]).exists():
            municipality = Municipality(**row)
            municipality.full_clean()
            municipality.save()
            added += 1
    return added
