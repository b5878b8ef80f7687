"""What must agree between a record and those around it: refused where it cannot be, asked about where it hardly can.

Rooms name their rules once (``refuses``, ``asks``, ``happened``). Whoever writes obeys the refusals
(records.domain.saving). Form, table, grid, marked rows and quick entry put the questions before the person and go on
once they are answered; the check of a plan finds both in what is stored. See docs/adding-a-kind.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from django.utils import timezone

from records.models.base import OnlyIn, Record, Sourced

Links = Mapping[str, Any]
Sentences = dict[str, list[str]]  # by field
Rule = Callable[[Any, Links], Iterator[tuple[str, str]]]
Happened = tuple[str, OnlyIn | None]
R = TypeVar("R", bound=Rule)

_refusals: dict[type[Record], list[Rule]] = defaultdict(list)
_questions: dict[type[Record], list[Rule]] = defaultdict(list)
_entering: dict[type[Record], list[Rule]] = defaultdict(list)
_happened: dict[type[Record], list[Happened]] = defaultdict(list)
_reads: dict[type[Record], set[str]] = defaultdict(set)
_own: dict[type[Record], tuple[str, ...]] = {}

AHEAD = (
    "Das Datum liegt in der Zukunft. Hier steht, was schon geschehen ist: Prüfen Sie es, oder lassen Sie das Feld leer."
)
STATE_AHEAD = "Das Datum liegt in der Zukunft, der Stand sagt „{}“. Ändern Sie Datum oder Stand."


def refuses(model: type[Record], *reads: str) -> Callable[[R], R]:
    """Register what cannot be: the rule yields field and sentence. ``reads`` are the relations at which it looks."""
    return _registered(_refusals, model, reads)


def asks(model: type[Record], *reads: str) -> Callable[[R], R]:
    """Register what hardly can be and is asked about, in the same shape."""
    return _registered(_questions, model, reads)


def asks_entering(model: type[Record]) -> Callable[[R], R]:
    """Register what is asked about while somebody enters it, and never again; such a rule may look at other rows."""

    def add(rule: R) -> R:
        _entering[model].append(rule)
        return rule

    return add


def _registered(rules: dict[type[Record], list[Rule]], model: type[Record], reads: tuple[str, ...]) -> Callable[[R], R]:
    def add(rule: R) -> R:
        rules[model].append(rule)
        _reads[model].update(reads)
        return rule

    return add


def happened(model: type[Record], *names: str, only: OnlyIn | None = None) -> None:
    """Dates that do not lie ahead; ``only`` names the states in which they have come."""
    _happened[model] += [(name, only) for name in names]


def of_its_own(model: type[Record], *names: str) -> None:
    """What is said of this record alone, with or without a date: what became of it, by which number others know it."""
    _own[model] = names


def not_of_a_copy(record: Record) -> list[str]:
    """The fields that say what is true of this record alone: days, states, what became of it, its sources."""
    names: list[str] = []
    states: list[str] = []
    for name, only in _happened.get(type(record), ()):
        if only is None or getattr(record, only.field) in only.values:
            names.append(name)
            states += [only.field] if only else []
    sources = ("source", "contradiction") if isinstance(record, Sourced) else ()
    return list(dict.fromkeys([*names, *states, *_own.get(type(record), ()), *sources]))


def says(record: Record, name: str) -> bool:
    """Whether a field of a stored record says something that a new record does not say."""
    field: Any = record._meta.get_field(name)
    value = getattr(record, name)
    return value.exists() if field.many_to_many else value not in (None, "", field.get_default())


def refused(record: Record, links: Links) -> Sentences:
    """What cannot be, by field. ``links`` are those that are to be stored; the others are read from the record."""
    found: Sentences = defaultdict(list)
    for name, only in _happened.get(type(record), ()):
        if is_ahead(getattr(record, name)):
            if only is None:
                found[name].append(AHEAD)
            elif getattr(record, only.field) in only.values:
                label = getattr(record, f"get_{only.field}_display")()
                found[name].append(STATE_AHEAD.format(label))
    return _said(_refusals, record, links, found)


def is_ahead(value: Any) -> bool:
    """Whether a day or a vague date lies wholly in the future; an empty one does not."""
    return bool(value) and getattr(value, "first", value) > timezone.localdate()


def questions(record: Record, links: Links) -> Sentences:
    """What hardly can be, by field."""
    return _said(_questions, record, links, defaultdict(list))


def _said(rules: dict[type[Record], list[Rule]], record: Record, links: Links, found: Sentences) -> Sentences:
    for rule in rules.get(type(record), ()):
        for name, sentence in rule(record, links):
            found[name].append(sentence)
    return dict(found)


def new_questions(record: Record, links: Links) -> list[str]:
    """The questions that what is stored does not raise already: what was answered once is not asked again."""
    asked = _all_questions(record, links)
    if not asked or record.pk is None:
        return asked
    stored = type(record)._default_manager.filter(pk=record.pk).first()
    known = set(_all_questions(stored, {})) if stored else set()
    return [sentence for sentence in asked if sentence not in known]


def _all_questions(record: Record, links: Links) -> list[str]:
    found = _said(_entering, record, links, defaultdict(list, questions(record, links)))
    return [sentence for sentences in found.values() for sentence in sentences]


def linked(record: Record, links: Links, name: str) -> list[Any]:
    """The records of a link as they will be."""
    if name in links:
        return list(links[name])
    return list(getattr(record, name).all()) if record.pk else []


def others(record: Record, name: str) -> list[Any]:
    """The records that point to this one; none for a record that is not stored yet."""
    return list(getattr(record, name).all()) if record.pk else []


def judged_models() -> list[tuple[type[Record], tuple[str, ...]]]:
    """The models that have rules, with the relations that these read."""
    models = {*_refusals, *_questions, *_happened}
    return [(model, tuple(sorted(_reads[model]))) for model in sorted(models, key=lambda model: model._meta.label)]
