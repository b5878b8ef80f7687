"""One row of a kind, reached through its municipality: to show it, to change it."""

from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from records.domain.saving import refusal
from records.kind import RecordKind
from records.models import MunicipalRecord, Record
from records.queries.links import has, other_end
from records.queries.prepared import Parameter, PreparedRows
from records.queries.scope import Sight, key_of, rows_in_sight, sight_of

BIGGEST_KEY = 2**63 - 1


def get_row(
    kind: RecordKind, municipality: Municipality | None, pk: int, access: Access, links: tuple[str, ...] = ()
) -> Any:
    """Gate 2: a row of this municipality that the person sees, or Http404.

    Its page names the relations to several records that it shows, and asks ``linked_rows`` for them.
    """
    statement = row_statement(kind.model, sight_of(access, municipality), links)
    found = statement.run(municipality, user=key_of(access), key=pk) if pk <= BIGGEST_KEY else []
    if not found:
        raise Http404(f"{kind.label}: nicht gefunden.")
    if municipality is not None and isinstance(found[0], MunicipalRecord):
        found[0].municipality = municipality
    return found[0]


@cache
def row_statement(model: type[Record], sight: Sight, links: tuple[str, ...]) -> PreparedRows:
    """A row by its key, with the records to which it points and what their names are made of.

    Of every named relation it knows whether there is anything at its other end.
    """
    targets: dict[str, Any] = {f.name: f.related_model for f in model._meta.concrete_fields if f.many_to_one}
    joined = [name for name, target in targets.items() if issubclass(target, Record)]
    along = [f"{name}__{further}" for name in joined for further in targets[name].str_related]
    rows = rows_in_sight(model, sight).select_related(*joined, *along)
    found = {has(name): Exists(other_end(model, name, OuterRef("pk")).order_by()) for name in links}
    return PreparedRows(rows.filter(pk=Parameter("key")).order_by().annotate(**found))


def get_writable_row(
    kind: RecordKind,
    municipality: Municipality | None,
    pk: int,
    access: Access,
    right: Right = Right.CHANGE,
) -> Any:
    """The row, if the person's rights allow to change or delete it (else 403); its life may have locked it."""
    record = get_row(kind, municipality, pk, access)
    if not kind.policy.opens(right, access, municipality, record):
        raise PermissionDenied(refusal(kind.policy.held(right, access, municipality)))
    return record
