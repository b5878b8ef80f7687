"""The one way to create, change and delete a record: atomic, rights re-read, next version claimed, one history row.

A change claims the next version by ``UPDATE … WHERE id AND version``; when no row answers, somebody else was faster
and :class:`records.errors.StaleRecord` is raised. Without an actor (management commands) no right is checked.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.dispatch import receiver
from simple_history.signals import pre_create_historical_record

from accounts.access import ROLE_ACTIONS, Access
from accounts.enums import Action, Role
from accounts.models import User
from records.errors import DuplicateSubmission, RecordInUse, StaleRecord
from records.models import MunicipalRecord, Record, SubmissionKey

R = TypeVar("R", bound=Record)
LinkMap = Mapping[str, Iterable[models.Model]]


@transaction.atomic
def create_record(
    obj: R, *, actor: User | None, links: LinkMap | None = None, reason: str = "", form_key: str = ""
) -> R:
    """Store a new record with its links and one history row.

    ``form_key`` is the single-use key of the form; a second sending raises DuplicateSubmission and stores nothing.
    Raises PermissionDenied, ValidationError, DuplicateSubmission.
    """
    require_write(obj, actor)
    refuse_used_key(form_key)
    obj.created_by = obj.changed_by = actor
    _check(obj, links)
    _save(obj, actor=actor, links=links, reason=reason)
    use_key(form_key, obj.pk)
    return obj


@transaction.atomic
def update_record(
    obj: R,
    *,
    version: int,
    actor: User | None,
    links: LinkMap | None = None,
    reason: str = "",
    right: Action | None = None,
) -> R:
    """Store changed values; ``version`` is the one the person had opened.

    ``links`` replaces the named links, others stay. ``right`` is asked instead of the one to write such records.
    Raises PermissionDenied, StaleRecord, ValidationError.
    """
    require_write(obj, actor, right)
    _claim(obj, version)
    obj.changed_by = actor
    _check(obj, links)
    _save(obj, actor=actor, links=links, reason=reason)
    return obj


@transaction.atomic
def delete_record(obj: Record, *, version: int, actor: User | None, reason: str = "") -> None:
    """Delete a record that nothing depends on; its last state stays in the history.

    Raises PermissionDenied, StaleRecord, RecordInUse.
    """
    require_write(obj, actor)
    _claim(obj, version)
    dependents = dependents_of(obj)
    if dependents:
        raise RecordInUse(dependents)
    obj._history_user = actor  # type: ignore[attr-defined]
    obj._change_reason = reason or None  # type: ignore[attr-defined]
    obj.pending_links = current_links(obj)  # type: ignore[attr-defined]
    try:
        obj.delete()
    except ProtectedError as error:
        raise RecordInUse({"Einträge": list(error.protected_objects)}) from error


def require_write(obj: Record, actor: User | None, right: Action | None = None) -> None:
    """Raise PermissionDenied unless the person may write this record today (rights are read anew)."""
    if actor is None:
        return
    access = Access(actor)
    municipality = obj.municipality if isinstance(obj, MunicipalRecord) else None
    access.require(right or obj.write_action, municipality)
    if right is None and not may_change_row(access, obj):
        raise PermissionDenied("Prozessbegleitung ändert nur eigene Einträge.")


def may_change_row(access: Access, obj: Record) -> bool:
    """Advisers change only what they entered themselves (docs/product.md §7); for others the action decides."""
    municipality = obj.municipality if isinstance(obj, MunicipalRecord) else None
    others = access.roles(municipality) - {Role.ADVISER}
    if obj.pk is None or any(obj.write_action in ROLE_ACTIONS[role] for role in others):
        return True
    return obj.created_by_id == access.user.pk


def dependents_of(obj: Record) -> dict[str, list[object]]:
    """Records that point to this one, by the label of their kind; its own links to others do not count."""
    found: dict[str, list[object]] = {}
    for relation in obj._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.many_to_many)):
            continue
        model = relation.related_model
        if isinstance(model, type) and issubclass(model, Record):
            joined = (*model.str_related, *(("municipality",) if issubclass(model, MunicipalRecord) else ()))
            rows = list(
                model._default_manager.select_related(*joined).filter(**{relation.field.name: obj.pk})  # type: ignore[union-attr]
            )
            if rows:
                found.setdefault(str(model._meta.verbose_name_plural), []).extend(rows)
    return found


def current_links(obj: Record) -> dict[str, list[int]]:
    """The ids of all links as they are stored."""
    if obj.pk is None:
        return {}
    return {f.name: sorted(getattr(obj, f.name).values_list("pk", flat=True)) for f in obj.link_fields()}


def _claim(obj: Record, version: int) -> None:
    claimed = type(obj)._default_manager.filter(pk=obj.pk, version=version).update(version=version + 1)
    if not claimed:
        raise StaleRecord
    obj.version = version + 1


def _check(obj: Record, links: LinkMap | None) -> None:
    obj.full_clean()
    for name, targets in (links or {}).items():
        for target in targets:
            foreign = isinstance(target, MunicipalRecord) and isinstance(obj, MunicipalRecord)
            if foreign and target.municipality_id != obj.municipality_id:  # type: ignore[attr-defined]
                raise ValidationError({name: "Wählen Sie Einträge der eigenen Kommune."})


def _save(obj: Record, *, actor: User | None, links: LinkMap | None, reason: str) -> None:
    ids = {name: sorted(target.pk for target in targets) for name, targets in (links or {}).items()}
    obj.pending_links = current_links(obj) | ids  # type: ignore[attr-defined]
    obj._history_user = actor  # type: ignore[attr-defined]
    obj._change_reason = reason or None  # type: ignore[attr-defined]
    obj.index_text()
    obj.save()
    for name, keys in ids.items():
        getattr(obj, name).set(keys)
    del obj.pending_links  # type: ignore[attr-defined]


def refuse_used_key(key: str) -> None:
    """Raise DuplicateSubmission where a form with this key was saved already; an empty key says nothing."""
    used = SubmissionKey.objects.filter(pk=key).first() if key else None
    if used:
        raise DuplicateSubmission(used.record_pk)


def use_key(key: str, pk: int) -> None:
    """Take the key of a form for what it saved; call it in the same transaction.

    Two parallel sendings: the second waits for the first one's commit and then finds the key taken.
    """
    if not key:
        return
    _, created = SubmissionKey.objects.get_or_create(pk=key, defaults={"record_pk": pk})
    if not created:
        raise DuplicateSubmission(SubmissionKey.objects.get(pk=key).record_pk)


@receiver(pre_create_historical_record, dispatch_uid="planning.saving.links")
def _note_links(sender: Any, instance: Any, history_instance: Any, **kwargs: Any) -> None:
    """Put the linked ids into the history row (see records.models.base.HistoryRow)."""
    if isinstance(instance, Record):
        links = getattr(instance, "pending_links", None)
        history_instance.links = {k: v for k, v in (links or current_links(instance)).items() if v}
