"""Actions on several records that are stored together and can be undone together.

A flow writes through a :class:`Recorder`; each record goes the one way of records.domain.saving, with its own
version and history row. Undoing writes the former values as a new version, deletes what the action had created and
creates anew, under its former number, what it had deleted; a record that somebody changed meanwhile stays as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Municipality, User
from records.domain import saving
from records.errors import AlreadyUndone, RecordInUse, RecordLocked
from records.models import Batch, MunicipalRecord, Record
from records.models.guard import guard_of

BY_SAVING = saving.WHO_AND_WHEN | {"uid", "municipality", "label", "search_text", "sort_key"}
R = TypeVar("R", bound=MunicipalRecord)
Before = dict[str, Any]


@dataclass
class Recorder:
    """Writes records of one municipality and notes how each was before."""

    municipality: Municipality
    actor: User
    summary: str
    reason: str
    entries: list[dict[str, Any]] = field(default_factory=list)
    batch: Batch | None = None

    def create(self, obj: R, *, links: saving.LinkMap | None = None) -> R:
        """Store a new record. Raises PermissionDenied, ValidationError."""
        obj.municipality = self.municipality
        made = saving.create_record(obj, actor=self.actor, links=links, reason=self.reason)
        self._note(made, None)
        return made

    def update(self, obj: R, *, version: int, links: saving.LinkMap | None = None) -> R:
        """Store changed values; what is stored so already leaves nothing to undo.

        Raises PermissionDenied, StaleRecord, ValidationError.
        """
        stored = type(obj)._default_manager.get(pk=obj.pk)
        before, known = state_of(stored), stored.version
        saved = saving.update_record(obj, version=version, actor=self.actor, links=links, reason=self.reason)
        if saved.version != known:
            self._note(saved, before)
        return saved

    def delete(self, obj: MunicipalRecord, *, version: int) -> None:
        """Delete a record that nothing depends on. Raises PermissionDenied, StaleRecord, RecordInUse."""
        before, pk = state_of(obj, whole=True), obj.pk
        saving.delete_record(obj, version=version, actor=self.actor, reason=self.reason)
        before |= {"uid": obj.uid, "version": obj.version}
        self.entries.append({"kind": obj._meta.label_lower, "pk": pk, "version": None, "before": before})

    def _note(self, obj: MunicipalRecord, before: Before | None) -> None:
        """One entry for each record: a second change keeps what was before the first and is undone earlier."""
        label = obj._meta.label_lower
        known = next((entry for entry in self.entries if (entry["kind"], entry["pk"]) == (label, obj.pk)), None)
        if known and known["before"] is None:
            known["version"] = obj.version
            return
        if known:
            self.entries.remove(known)
            before = known["before"]
        self.entries.append({"kind": label, "pk": obj.pk, "version": obj.version, "before": before})


@contextmanager
def record_batch(
    *, municipality: Municipality, actor: User, summary: str, reason: str = "", form_key: str = ""
) -> Iterator[Recorder]:
    """All or nothing: what is written through the recorder is stored together, with a way back.

    ``summary`` says in German what was done („60 Erkenntnisse eingefügt“) and may be set on the recorder until the end.
    ``form_key`` is the single-use key of the form: a second sending raises DuplicateSubmission with the batch's key.
    After the block ``recorder.batch`` is the stored batch. Whatever is raised inside undoes everything.
    """
    with transaction.atomic():
        saving.refuse_used_key(form_key)
        recorder = Recorder(municipality, actor, summary, reason)
        yield recorder
        recorder.batch = Batch.objects.create(
            municipality=municipality, user=actor, summary=recorder.summary[:200], entries=recorder.entries
        )
        if recorder.entries:  # what changed nothing may be sent as often as somebody likes
            saving.use_key(form_key, recorder.batch.pk)


@dataclass(frozen=True)
class Undone:
    """What an undoing did: the number of records brought back, and the names of those that stay as they are."""

    count: int
    kept: tuple[str, ...]


@transaction.atomic
def undo_batch(*, batch: Batch, actor: User) -> Undone:
    """Bring back what a batch of one's own had changed, the last change first.

    Records that were changed since, or that others refer to by now, are kept and named. Raises AlreadyUndone,
    PermissionDenied.
    """
    claimed = Batch.objects.select_for_update().filter(pk=batch.pk, user=actor, undone_at__isnull=True).first()
    if claimed is None:
        raise AlreadyUndone
    claimed.undone_at = timezone.now()
    claimed.save(update_fields=["undone_at"])
    count, kept = 0, []
    for entry in reversed(claimed.entries):
        model: Any = apps.get_model(entry["kind"])
        own = {"pk": entry["pk"], "municipality": claimed.municipality}
        obj = model._default_manager.filter(**own).first()
        if entry["version"] is None and obj is None:
            obj = model(**own, uid=entry["before"]["uid"], version=entry["before"]["version"] + 1)
        elif obj is None:
            continue
        elif obj.version != entry["version"]:
            kept.append(str(obj))
            continue
        name = "" if obj._state.adding else str(obj)
        if _bring_back(obj, entry["before"], actor, f"Rückgängig: {claimed}"):
            count += 1
        else:
            kept.append(name or _name_of_lost(obj))
    return Undone(count, tuple(kept))


def _bring_back(obj: Any, before: Before | None, actor: User, reason: str) -> bool:
    """One record as it was; False where others refer to it, its life locks it, or what it referred to is gone."""
    try:
        with transaction.atomic():
            if before is None:
                saving.delete_record(obj, version=obj.version, actor=actor, reason=reason)
                return True
            links = restore(obj, before)
            if obj._state.adding:
                saving.create_record(obj, actor=actor, links=links, reason=reason, as_it_was=True)
            else:
                saving.update_record(obj, version=obj.version, actor=actor, links=links, reason=reason, as_it_was=True)
    except (RecordInUse, RecordLocked, ValidationError):
        return False
    return True


def _name_of_lost(obj: Record) -> str:
    """What a record is called that was not brought back; its kind where what names it is gone too."""
    try:
        return str(obj)
    except ObjectDoesNotExist:
        return str(obj._meta.verbose_name)


def state_of(obj: Record, *, whole: bool = False) -> Before:
    """The fields a person can fill and the links, as plain values for JSON; ``whole`` also what the portal filled."""
    kept = _kept_fields(obj) if whole else _filled_fields(obj)
    fields = {f.attname: f.value_to_string(obj) if _has(obj, f) else None for f in kept}
    return {"fields": fields, "links": saving.current_links(obj)}


def restore(obj: Record, before: Before) -> dict[str, list[models.Model]]:
    """Put former values on the record; returns the former links, without targets that are gone."""
    for f in _kept_fields(obj):
        if f.attname in before["fields"]:
            value = before["fields"][f.attname]
            setattr(obj, f.attname, None if value is None else f.to_python(value))
    return {
        f.name: list(f.related_model._default_manager.filter(pk__in=before["links"].get(f.name, [])))
        for f in obj.link_fields()
    }


def _has(obj: Record, f: "models.Field[Any, Any]") -> bool:
    return getattr(obj, f.attname) is not None


def _filled_fields(obj: Record) -> list[Any]:
    files = models.FileField
    return [f for f in obj._meta.concrete_fields if f.editable and not f.primary_key and not isinstance(f, files)]


def _kept_fields(obj: Record) -> list[Any]:
    """What a deleted record comes back with: its number, its file, what it was taken over from.

    Not the state of a life, which moves by steps.
    """
    guard = guard_of(type(obj))
    left_out = BY_SAVING | ({guard.field} if guard and not guard.through else frozenset())
    return [f for f in obj._meta.concrete_fields if not f.primary_key and f.name not in left_out]
