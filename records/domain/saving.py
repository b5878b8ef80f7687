"""The one way to create, change and delete a record: atomic, rights re-read, version claimed, one history row.

A change claims the next version by ``UPDATE … WHERE id AND version``; when no row answers, somebody else was faster
and :class:`records.errors.StaleRecord` is raised. A record whose life has locked it changes by steps alone, whoever
writes it: form, bulk change, table, undoing, assignment. Without an actor (management commands) no right is checked.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.dispatch import receiver
from simple_history.signals import pre_create_historical_record

from accounts.access import Access
from accounts.cleaning import clean_row
from accounts.enums import Action
from accounts.models import Municipality, User
from accounts.policies import Grants, Right, opened
from records.domain.files import note_files, with_files
from records.domain.numbers import give_number
from records.domain.validity import check_validity
from records.errors import DuplicateSubmission, RecordInUse, RecordLocked, StaleRecord
from records.models import MunicipalRecord, Record, SubmissionKey
from records.models.agreement import refused
from records.models.guard import guard_of
from records.models.steps import STEP

R = TypeVar("R", bound=Record)
WHO_AND_WHEN = frozenset({"version", "created_at", "created_by", "changed_at", "changed_by"})
LinkMap = Mapping[str, Iterable[models.Model]]


@with_files
@transaction.atomic
def create_record(
    obj: R,
    *,
    actor: User | None,
    links: LinkMap | None = None,
    reason: str = "",
    form_key: str = "",
    as_it_was: bool = False,
) -> R:
    """Store a new record with its links and one history row.

    ``as_it_was`` for what was recorded before (a copy, a dossier, undoing): it may name entries that hold no longer.
    ``form_key`` is the single-use key of the form; a second sending raises DuplicateSubmission and stores nothing.
    Raises PermissionDenied, ValidationError, DuplicateSubmission, RecordLocked (what it would be a part of).
    """
    require(Right.CREATE, obj, actor)
    _refuse_locked(obj)
    if not as_it_was:
        clean_row(obj)
    refuse_used_key(form_key)
    obj.created_by = obj.changed_by = actor
    give_number(obj)
    if not as_it_was:
        check_validity(obj, links)
    check_record(obj, links)
    _save(obj, actor=actor, links=links, reason=own_words(reason))
    use_key(form_key, obj.pk)
    return obj


@with_files
@transaction.atomic
def update_record(
    obj: R,
    *,
    version: int,
    actor: User | None,
    links: LinkMap | None = None,
    reason: str = "",
    step: Action | None = None,
    as_it_was: bool = False,
) -> R:
    """Store changed values; ``version`` is the one the person had opened.

    ``links`` replaces the named links, others stay. ``step`` is the right to a step in the record's life
    (records.life.moving): it is asked instead of the policy, and only a step may change the state or a locked record.
    Where nothing is different from what is stored, nothing is written: no version, no row in the history.
    Raises PermissionDenied, RecordLocked, StaleRecord, ValidationError.
    """
    if not as_it_was:
        clean_row(obj)
    if step is None:
        require(Right.CHANGE, obj, actor)
        _refuse_locked(obj, may_differ=True)
        if _is_as_stored(obj, links, version=version):
            return obj
        if not as_it_was:
            check_validity(obj, links)
    elif actor is not None:
        Access(actor).require(step, place_of(obj))
    try:
        _claim(obj, version, actor)
    except StaleRecord:
        if step is None and actor is not None and _is_as_stored(obj, links, changed_by=actor):
            obj.refresh_from_db(fields=["version"])  # the same form, sent once more
            return obj
        raise
    obj.changed_by = actor
    check_record(obj, links)
    _save(obj, actor=actor, links=links, reason=reason if step else own_words(reason))
    return obj


@transaction.atomic
def delete_record(obj: Record, *, version: int, actor: User | None, reason: str = "") -> None:
    """Delete a record that nothing depends on; its last state stays in the history.

    Raises PermissionDenied, RecordLocked, StaleRecord, RecordInUse.
    """
    require(Right.DELETE, obj, actor)
    _refuse_locked(obj)
    _claim(obj, version, actor)
    dependents = dependents_of(obj)
    if dependents:
        raise RecordInUse(dependents)
    obj._history_user = actor  # type: ignore[attr-defined]
    obj._change_reason = own_words(reason) or None  # type: ignore[attr-defined]
    obj.pending_links = current_links(obj)  # type: ignore[attr-defined]
    try:
        obj.delete()
    except ProtectedError as error:
        raise RecordInUse({"Einträge": list(error.protected_objects)}) from error


def place_of(obj: Record) -> Municipality | None:
    """The municipality whose rights count for the record; None for records of the programme."""
    return obj.municipality if isinstance(obj, MunicipalRecord) else None


def require(right: Right, obj: Record, actor: User | None) -> None:
    """Raise PermissionDenied unless the person has the right to this row, as it is stored today (rights read anew)."""
    if actor is None:
        return
    held = obj.policy.held(right, Access(actor), place_of(obj))
    if not held:
        raise PermissionDenied("Dafür fehlt Ihnen in dieser Kommune das Recht.")
    if obj._state.adding:
        is_open = any(grant.opens(obj, actor) for grant in held)
    elif any(grant.is_whole for grant in held):
        is_open = True
    else:
        is_open = type(obj)._default_manager.filter(opened(held, actor.pk), pk=obj.pk).exists()
    if not is_open:
        raise PermissionDenied(refusal(held))


def refusal(held: Grants) -> str:
    """Why none of the grants that the person has opens the row."""
    if all(grant.own for grant in held):
        return "Sie ändern hier nur eigene Einträge. Bitten Sie, wer diesen angelegt hat."
    return "So, wie der Eintrag jetzt steht, ändern Sie ihn nicht. Auf seiner Seite steht, wie es weitergeht."


def _refuse_locked(obj: Any, *, may_differ: bool = False) -> None:
    """Raise RecordLocked where the record's life, or that of the one it is part of, allows no change.

    ``may_differ``: a part is changed, whose ``open_when_locked`` columns stay open. The state is read anew and held
    until the transaction ends. ValueError where the state itself was changed: that is a programming error, for it
    moves by steps.
    """
    guard = guard_of(type(obj))
    if guard is None:
        return
    is_new = obj._state.adding and not guard.through
    state = guard.start if is_new else guard.stored_state(obj, hold=True)
    if not guard.through and getattr(obj, guard.field) != state:
        raise ValueError("Der Zustand ändert sich nur durch einen Schritt.")
    sentence = guard.why_locked(state)
    if sentence and not (may_differ and _differs_only_in(obj, type(obj).open_when_locked)):
        raise RecordLocked(sentence)


def _differs_only_in(obj: Any, names: frozenset[str]) -> bool:
    """Whether nothing else than these columns is new; never where there are none."""
    stored = type(obj)._default_manager.filter(pk=obj.pk).first() if names else None
    written = [f for f in obj._meta.concrete_fields if f.name not in WHO_AND_WHEN | names]
    return stored is not None and all(f.value_from_object(obj) == f.value_from_object(stored) for f in written)


def dependents_of(obj: Record) -> dict[str, list[object]]:
    """Records that point to this one, by the label of their kind; its own links to others do not count."""
    found: dict[str, list[object]] = {}
    for relation in obj._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one or relation.many_to_many)):
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


def _is_as_stored(obj: Record, links: LinkMap | None, **where: Any) -> bool:
    """Whether the record already is what is to be stored: in the version that was opened, or saved by this person.

    Its derived columns count too: a record that is named after others is written anew where their name has changed.
    """
    stored = type(obj)._default_manager.filter(pk=obj.pk, **where).first()
    if stored is None:
        return False
    ids = {name: sorted(target.pk for target in targets) for name, targets in (links or {}).items()}
    if current_links(stored) != current_links(stored) | ids:
        return False
    obj.index_text()
    if clean_row(stored):  # of a time when texts were kept as they came
        stored.index_text()
    written = [f for f in obj._meta.concrete_fields if f.name not in WHO_AND_WHEN]
    return all(f.value_from_object(obj) == f.value_from_object(stored) for f in written)


def _claim(obj: Record, version: int, actor: User | None) -> None:
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    if not rows.filter(version=version).update(version=version + 1):
        raise StaleRecord(own=actor is not None and rows.filter(changed_by=actor).exists())
    obj.version = version + 1


def check_record(obj: Record, links: LinkMap | None) -> None:
    """Raise ValidationError for what the record, its links or those around it refuse."""
    obj.full_clean()
    for name, targets in (links or {}).items():
        for target in targets:
            foreign = isinstance(target, MunicipalRecord) and isinstance(obj, MunicipalRecord)
            if foreign and target.municipality_id != obj.municipality_id:  # type: ignore[attr-defined]
                raise ValidationError({name: "Wählen Sie Einträge der eigenen Kommune."})
    if found := refused(obj, links or {}):
        raise ValidationError(found)


def own_words(reason: str) -> str:
    """What somebody gives as a reason is never taken for a step of the record's life, which counts as no writing."""
    return f"„{reason}“" if reason.startswith(STEP) else reason


def _save(obj: Record, *, actor: User | None, links: LinkMap | None, reason: str) -> None:
    ids = {name: sorted(target.pk for target in targets) for name, targets in (links or {}).items()}
    obj.pending_links = current_links(obj) | ids  # type: ignore[attr-defined]
    obj._history_user = actor  # type: ignore[attr-defined]
    obj._change_reason = reason or None  # type: ignore[attr-defined]
    obj.index_text()
    obj.save()
    note_files(obj)
    for name, keys in ids.items():
        getattr(obj, name).set(keys)
    del obj.pending_links  # type: ignore[attr-defined]


def saved_with(key: str) -> int | None:
    """What was saved by the form with this key; None where it was not sent yet. An empty key says nothing."""
    return SubmissionKey.objects.filter(pk=key).values_list("record_pk", flat=True).first() if key else None


def refuse_used_key(key: str) -> None:
    """Raise DuplicateSubmission where a form with this key was saved already."""
    used = saved_with(key)
    if used is not None:
        raise DuplicateSubmission(used)


def use_key(key: str, pk: int) -> None:
    """Take the key of a form for what it saved; call it in the same transaction.

    Two parallel sendings: the second waits for the first one's commit and then finds the key taken.
    """
    if not key:
        return
    _, created = SubmissionKey.objects.get_or_create(pk=key, defaults={"record_pk": pk})
    if not created:
        raise DuplicateSubmission(SubmissionKey.objects.get(pk=key).record_pk)


@receiver(pre_create_historical_record, dispatch_uid="records.saving.links")
def _note_links(sender: Any, instance: Any, history_instance: Any, **kwargs: Any) -> None:
    """Put the linked ids into the history row (see records.models.base.HistoryRow)."""
    if isinstance(instance, Record):
        links = getattr(instance, "pending_links", None)
        history_instance.links = {k: v for k, v in (links or current_links(instance)).items() if v}
