"""Records found by a name that a person typed, and told apart where they have one name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import models
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from accounts.models import Municipality
from records.models import MunicipalRecord
from records.text import fold

R = TypeVar("R", bound=MunicipalRecord)


def name_key(name: str) -> str:
    """What two writings of one name have in common."""
    return " ".join(fold(name).split())


def find_by_titles(model: type[R], municipality: Municipality, names: list[str]) -> dict[str, R]:
    """The municipality's records with these titles, by ``name_key`` (one query)."""
    wanted = {name_key(name) for name in names}
    rows: Any = model._default_manager.filter(municipality=municipality).order_by("-pk") if wanted else ()
    return {key: row for row in rows if (key := name_key(row.title)) in wanted}


def told_apart(rows: Iterable[tuple[int, str, Any, Any]]) -> dict[int, str]:
    """Labels by key; what is carried on keeps its name: where a label is there with several years, they follow it."""
    rows = list(rows)
    named = Counter(label for label, _, _ in {(label, first, last) for _, label, first, last in rows})

    def years(first: Any, last: Any) -> str:
        return f" ({first}–{last})" if first != last else f" ({first})" if first else ""

    return {pk: label + years(first, last) if named[label] > 1 else label for pk, label, first, last in rows}


def names_apart(rows: Sequence[Any]) -> list[str]:
    """What records of one kind are called where they stand beside one another (a query where a name is there twice)."""
    names = [row.label or str(row) for row in rows]
    if len(set(names)) == len(names) or getattr(rows[0], "years_of", None) is None:
        return names
    model: Any = type(rows[0])
    found = model._default_manager.filter(pk__in=[row.pk for row in rows]).order_by().annotate(**years_of(model))
    years = {pk: (first, last) for pk, first, last in found.values_list("pk", "of_first", "of_last")}
    apart = told_apart((row.pk, name, *years.get(row.pk, ("", ""))) for row, name in zip(rows, names, strict=True))
    return [apart[row.pk] for row in rows]


def without_years(label: str) -> str:
    """A label without the years that tell it apart."""
    return re.sub(r" \(\d{4}(–\d{4})?\)$", "", label)


def years_of(model: type[models.Model]) -> dict[str, Any]:
    """Expressions of the years by which records of the model are told apart, as texts."""
    path = getattr(model, "years_of", None)
    names = ("first", "last")
    if path is None:
        return {f"of_{name}": Value("", output_field=CharField()) for name in names}
    return {f"of_{name}": Cast(F(f"{path}{name}_year"), CharField()) for name in names}
