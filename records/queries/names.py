"""Records found by a name that a person typed, whatever capitals, umlauts or blanks were used."""

from typing import Any, TypeVar

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
