"""When entries of catalogues hold: from–until, two that contradict each other, and what follows an entry."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from records.text import fold

S = TypeVar("S", bound="Valid")
Span = tuple[date, date]  # first and last day
BOTH = "Zur selben Zeit gilt schon „{}“{}. Beenden Sie diesen Eintrag vorher, oder ändern Sie: {}."
RING = "Der Nachfolger führt zu diesem Eintrag zurück. Wählen Sie einen anderen."


class Valid(models.Model):
    """What holds from–until; an open end is no limit.

    ``one_of`` names groups of fields: two entries with the same values never hold at the same time.
    """

    one_of: ClassVar[tuple[tuple[str, ...], ...]] = ()

    valid_from = models.DateField("gilt ab", null=True, blank=True)
    valid_until = models.DateField("gilt bis", null=True, blank=True)

    class Meta:
        abstract = True

    def holds(self, span: Span | None) -> bool:
        """Whether the entry holds on one of these days."""
        return span is None or (
            (self.valid_from is None or self.valid_from <= span[1])
            and (self.valid_until is None or self.valid_until >= span[0])
        )

    @property
    def limits(self) -> str:
        """„gilt bis 31.12.2020“; empty without a limit."""
        begin = f"ab {self.valid_from:%d.%m.%Y}" if self.valid_from else ""
        end = f"bis {self.valid_until:%d.%m.%Y}" if self.valid_until else ""
        return " ".join(part for part in ("gilt" if begin or end else "", begin, end) if part)

    def rival(self) -> tuple[tuple[str, ...], Any] | None:
        """Another entry that says the same at the same time, with the fields in which they agree."""
        span = (self.valid_from or date.min, self.valid_until or date.max)
        for names in self.one_of:
            rows = type(self)._default_manager.exclude(pk=self.pk)
            words: dict[Any, str] = {}
            for name in names:
                field: Any = self._meta.get_field(name)
                value = field.value_from_object(self)
                if value is None:
                    rows = rows.filter(**{f"{name}__isnull": True})
                elif isinstance(value, str):
                    words[field] = fold(value.strip())
                else:
                    rows = rows.filter(**{name: value})
            alike = (row for row in rows if all(fold(f.value_from_object(row).strip()) == w for f, w in words.items()))
            if other := next((row for row in alike if row.holds(span)), None):
                return names, other
        return None

    def clean(self) -> None:
        """Refuse a second entry that cannot hold beside another one."""
        super().clean()
        if rival := self.rival():
            names, other = rival
            fields: list[Any] = [self._meta.get_field(name) for name in names]
            labels = ", ".join(str(field.verbose_name) for field in fields)
            limits = f" ({other.limits})" if other.limits else ""
            raise ValidationError({names[-1]: BOTH.format(other, limits, labels)})


class Succeeded(models.Model):
    """An entry that a new edition of the catalogue may replace by another one."""

    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced",
        verbose_name="Nachfolger",
        help_text="Was an seine Stelle tritt, wenn er nicht mehr gilt. Der nächste Planungszyklus übernimmt es.",
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        seen, found = {self.pk}, self.successor
        while found is not None:
            if found.pk in seen:
                raise ValidationError({"successor": RING})
            seen.add(found.pk)
            found = found.successor


def held(entries: Iterable[Any], span: Span | None) -> list[Any]:
    """The entries that hold in this time, with what follows those that ended; each once."""
    if span is None:
        return list(entries)
    return list(dict.fromkeys(found for entry in entries if (found := in_force(entry, span)).holds(span)))


def stand_ins(entries: Iterable[S], span: Span) -> dict[int, S]:
    """The entry under which this time speaks of each of these, by key (no query)."""
    known = {entry.pk: entry for entry in entries}
    return {pk: in_force(entry, span, known) for pk, entry in known.items()}


def day_in(span: Span, day: date) -> Span:
    """The day of this time nearest to the given one: what lasts is seen as of today, what is over as of its end."""
    nearest = min(max(day, span[0]), span[1])
    return nearest, nearest


def in_force(entry: Any, span: Span, known: Mapping[int, Any] | None = None) -> Any:
    """The entry, or the nearest one that follows it, which holds in this time; the entry itself where none does.

    An entry of a later time stands for the one that it replaced, where that is only one. ``known`` are the entries by
    key, where they were read already.
    """
    if entry.valid_from and entry.valid_from > span[1]:
        return _before(entry, span, known)
    found, seen = entry, set()
    while found is not None and found.pk not in seen and not found.holds(span):
        seen.add(found.pk)
        key = getattr(found, "successor_id", None)
        found = None if key is None else known.get(key) if known is not None else found.successor
    return found if found is not None and found.holds(span) else entry


def _before(entry: Any, span: Span, known: Mapping[int, Any] | None) -> Any:
    """The only entry that the given one, not yet in force, replaced directly or in steps; else the entry itself."""
    found, seen = entry, set()
    while found.pk not in seen and not found.holds(span):
        seen.add(found.pk)
        rows = found.replaced.all() if known is None else known.values()
        replaced = [row for row in rows if getattr(row, "successor_id", None) == found.pk]
        if len(replaced) != 1:
            return entry
        found = replaced[0]
    return found if found.holds(span) else entry
