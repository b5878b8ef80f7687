"""Makes a valid record of any kind from its model alone, so that new kinds are tested without further work.

A rule that spans several fields of a model is the only thing to be noted here (``RULES``).
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models import Municipality, User
from funding.models import (
    BaseRate,
    BoardVote,
    BudgetLine,
    BudgetYear,
    Call,
    CostKind,
    Decider,
    FundingApplication,
    LocalFundingRule,
    StateNotice,
    StateProof,
)
from participation.models import Body, Consultation, Event, NetworkEvent, Resolution, Session
from planning.models import (
    CarryOver,
    CriterionReport,
    FundingRule,
    Indicator,
    IndicatorBreak,
    IndicatorValue,
    Measure,
    Milestone,
    OwnValue,
    PlannerPost,
    PlanningCycle,
    QualityCriterion,
    QuotedFigure,
)
from planning.models.controlling import SUBJECTS
from records.domain import saving
from records.fields import VagueDateField, has_decimals, holds_numbers
from records.kind import RecordKind
from records.models import MunicipalRecord, ProgrammeRecord, Record
from records.registry import all_kinds
from records.vague import VagueDate
from records.vague_form import parts_of

PDF = b"%PDF-1.4\n%%EOF\n"
DAY = VagueDate.from_iso("2018-05-17")
OF_STATE = {"placeholder": "", "area": "Thüringen", "level": "state", "region": None, "commune": None}
# Values that the rules of a model demand beyond those of each field.
RULES: dict[type[models.Model], dict[str, Any]] = {
    IndicatorValue: OF_STATE,
    OwnValue: OF_STATE,
    QuotedFigure: {name: value for name, value in OF_STATE.items() if name != "placeholder"} | {"own_indicator": None},
    IndicatorBreak: {"statistic": "12411", "area_code": "16065"},
    PlannerPost: {"full_time_equivalent": Decimal("0.8")},
    Resolution: {"vote": ""},
    Consultation: {"vote": ""},
    Session: {"starts_at": "17:30"},
    Event: {"starts_at": "17:00"},
    NetworkEvent: {"starts_at": "09:30", "register_until": date(2100, 1, 1), "seats": 1_000},
    Decider: {"office": "Stabsstelle"},
    Call: {"opens_at": "00:00", "closes_at": "23:59"},
    LocalFundingRule: {"proof_day": "31.03."},
    FundingRule: {"proof_due_day": "30.06."},
    FundingApplication: {"iban": "DE89370400440532013000"},
    StateNotice: {"amount": Decimal(100_000)},
    BudgetLine: {"planner_post": None},
    CarryOver: {"need": None, "goal": None},
    CriterionReport: {"numerator": None, "denominator": None, "value": Decimal(5)},
}
# Filled also where only what is required is: the model, or a record that names this one, asks for it.
ASKED_FOR: dict[type[models.Model], str] = {IndicatorValue: "value", OwnValue: "value", QualityCriterion: "unit"}
# What agrees with the records around it, where every field is filled.
AGREEING: dict[type[models.Model], dict[str, Any]] = {
    BoardVote: {"votes_for": 9, "amount": Decimal("0.00")},
    Body: {"idea_on": VagueDate.from_iso("2016")},
    Event: {"participants": 500},
    Indicator: {"formula": "", "base_year": None},
    Milestone: {"state": "done"},
    StateNotice: {"begin": None, "end": None},
    StateProof: {"repayment": Decimal(0), "repaid_on": None},
}
Values = dict[str, Any]
NUMBERS = ("PositiveIntegerField", "PositiveSmallIntegerField", "IntegerField", "DecimalField")
PLAIN = ("CharField", "TextField", "EuroField", "ShareField", *NUMBERS)


def pdf(name: str = "beschluss.pdf") -> SimpleUploadedFile:
    """A small file that uploads accept."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def values_for(
    model: type[Record],
    municipality: Municipality | None,
    *,
    text: str = "Wort",
    full: bool = True,
    around: bool = False,
    **given: Any,
) -> Values:
    """A value for every field a person can fill (with ``full=False`` only for required ones).

    Relations lead to records of the same municipality, made where there is none, with what is required, or with
    ``around`` filled as well; ``text`` begins every text.
    """
    values: Values = {}
    for field in model._meta.concrete_fields:
        if issubclass(model, ProgrammeRecord) and field.name in ("valid_from", "valid_until", "successor"):
            continue  # holds without a limit
        wanted = full or is_required(field) or field.name == ASKED_FOR.get(model)
        if wanted and field.editable and not field.primary_key:
            values[field.name] = value_for(field, municipality, text, around)
    values |= RULES.get(model, {}) | (AGREEING.get(model, {}) if full else {}) | given
    fit_money(model, values, given, text)
    if model is CarryOver and not any(values.get(name) for name in SUBJECTS):
        values["measure"] = related(Measure, municipality, text, around)
    if model is QuotedFigure and not (values.get("indicator") or values.get("own_indicator")):
        values["indicator"] = related(Indicator, None, text, around)
    keep_unique(model, municipality, values, text, around)
    fit_money(model, values, given, text)
    keep_apart(model, values)
    if model is PlanningCycle:
        keep_years_apart(municipality, values, given)
    if model is LocalFundingRule:
        keep_days_apart(municipality, values)
    for link in model.link_fields():
        to_others = full and link.related_model is not model
        values.setdefault(link.name, [related(link.related_model, municipality, text, around)] if to_others else [])
    return values


def rows_at(kind: RecordKind, municipality: Municipality | None) -> models.QuerySet[Any]:
    """Every row of a kind there, whoever may see it."""
    own = {"municipality": municipality} if kind.is_tenant else {}
    return kind.model._default_manager.filter(**own)


def is_required(field: models.Field) -> bool:
    return not (field.blank or field.null or field.has_default())


def value_for(field: models.Field, municipality: Municipality | None, text: str, around: bool = False) -> Any:
    """A plausible value for one column."""
    if isinstance(field, models.ForeignKey):
        return None if field.related_model is field.model else related(field.related_model, municipality, text, around)
    if isinstance(field, VagueDateField):
        return DAY
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.BooleanField):
        return field.get_default()
    if holds_numbers(field):
        return number_for(field)
    if isinstance(field, models.DateField):
        return DAY.first
    if isinstance(field, models.FileField):
        return pdf(f"{text}.pdf")
    if isinstance(field, models.EmailField):
        return "amt@example.org"
    if isinstance(field, models.URLField):
        return f"https://example.org/{quote(text)}"
    return f"{text} {field.name}"[: field.max_length]


def number_for(field: Any) -> int | Decimal:
    """Five, a year, or what the limits of the field allow."""
    number = 2018 if field.name.endswith("year") else 5
    for validator in field.validators:
        if isinstance(validator, MinValueValidator):
            number = max(number, validator.limit_value)
        elif isinstance(validator, MaxValueValidator):
            number = min(number, validator.limit_value)
    return Decimal(number) if has_decimals(field) else number


def related(model: Any, municipality: Municipality | None, text: str, around: bool = False) -> models.Model:
    """A record to link to: the first one of the municipality, else a new one, filled with ``around``."""
    if not issubclass(model, Record):
        found = model._default_manager.first()
        assert found is not None, f"{model.__name__} is empty"
        return found
    own = {"municipality": municipality} if issubclass(model, MunicipalRecord) else {}
    return model._default_manager.filter(**own).order_by("pk").first() or make(
        model, municipality, text=text, full=around, around=around
    )


def keep_unique(
    model: type[Record], municipality: Municipality | None, values: Values, text: str, around: bool
) -> None:
    """Where a combination is taken, begin under a new parent."""
    for constraint in model._meta.constraints:
        fields = constraint.fields if isinstance(constraint, models.UniqueConstraint) else ()
        names = [name for name in fields if name != "municipality"]
        parent = next((n for n in names if isinstance(model._meta.get_field(n), models.ForeignKey)), "")
        if parent and all(values.get(name) is not None for name in names):
            own = {"municipality": municipality} if "municipality" in fields else {}
            if model._default_manager.filter(**own, **{name: values[name] for name in names}).exists():
                target: Any = model._meta.get_field(parent).related_model
                values[parent] = make(target, municipality, text=text, full=around, around=around)
        if not parent and "year" in names and "year" in values:  # one row for each year
            others = {name: values[name] for name in names if name != "year"}
            taken = model._default_manager.filter(municipality=municipality, **others).values_list("year", flat=True)
            while values["year"] in taken:
                values["year"] += 1
        if not parent and "title" in names and "title" in values:  # a name is given once
            others = {name: values[name] for name in names if name != "title"}
            own = {"municipality": municipality} if "municipality" in fields else {}
            taken = model._default_manager.filter(**own, **others).values_list("title", flat=True)
            given, number = values["title"], 1
            while values["title"] in taken:
                number += 1
                values["title"] = f"{given} {number}"


def keep_years_apart(municipality: Municipality | None, values: Values, given: Values) -> None:
    """A cycle whose years nobody named takes the first year that is free."""
    if "first_year" in given or "last_year" in given:
        return
    there = PlanningCycle.objects.filter(municipality=municipality).values_list("first_year", "last_year")
    taken = {year for first, last in there for year in range(first, last + 1)}
    year = next(year for year in range(values["first_year"], 2101) if year not in taken)
    values |= {"first_year": year, "last_year": year}


def keep_days_apart(municipality: Municipality | None, values: Values) -> None:
    """Of a class one rule holds on a day."""
    later = LocalFundingRule.objects.filter(municipality=municipality).count()
    values["valid_from"] = values["valid_until"] = DAY.first + timedelta(days=later)


def fit_money(model: type[Record], values: Values, given: Values, text: str) -> None:
    """A line has a name, a Finanzplan a year of its cycle, a rate a time of its own."""
    if model is BudgetLine:
        values.setdefault("title", f"{text} title")
    elif model is BudgetYear and "year" not in given:
        values["year"] = values["cycle"].first_year
    elif model is CostKind and "code" not in given:
        values["code"] = f"K{CostKind.objects.count()}"
    elif model is BaseRate and "valid_from" not in given:
        year = 1990 + BaseRate.objects.count()
        values |= {"valid_from": date(year, 1, 1), "valid_until": date(year, 12, 31)}


def keep_apart(model: type[Record], values: Values) -> None:
    """Where an entry of the programme cannot hold beside one that is there, count on."""
    if not issubclass(model, ProgrammeRecord):
        return
    plain = {field.name for field in model._meta.concrete_fields}
    for count in range(2, 400):
        rival = model(**{name: value for name, value in values.items() if name in plain}).rival()
        if rival is None:
            return
        name = rival[0][-1]
        field, value = model._meta.get_field(name), values[name]
        if field.choices:
            choices = [code for code, _ in field.flatchoices]
            values[name] = choices[(choices.index(value) + 1) % len(choices)]
        else:
            values[name] = value + 1 if isinstance(value, int) else numbered(value, count, field.max_length)


def numbered(text: str, count: int, longest: int | None) -> str:
    """„Wort № 2“, no longer than the column."""
    ending = f" № {count}"
    return (text.rpartition(" № ")[0] or text)[: (longest or 1_000) - len(ending)] + ending


def build(model: type[Record], municipality: Municipality | None, values: Values) -> tuple[Any, dict[str, Any]]:
    """An unsaved record and its links from what values_for returned."""
    links = {link.name: values[link.name] for link in model.link_fields() if link.name in values}
    plain = {name: value for name, value in values.items() if name not in links}
    if issubclass(model, MunicipalRecord):
        plain["municipality"] = municipality
    return model(**plain), links


def make(
    model: type[Record],
    municipality: Municipality | None,
    *,
    text: str = "Wort",
    full: bool = True,
    around: bool = False,
    actor: User | None = None,
    **given: Any,
) -> Any:
    """A stored record with all fields and links filled, by the one way to save."""
    values = values_for(model, municipality, text=text, full=full, around=around, **given)
    record, links = build(model, municipality, values)
    if hasattr(record, "original_name"):
        record.original_name = values["file"].name
    return saving.create_record(record, actor=actor, links=links)


def make_kind(kind: RecordKind, municipality: Municipality | None, **given: Any) -> Any:
    """A stored record of a kind; records of the programme have no municipality."""
    return make(kind.model, municipality if kind.is_tenant else None, **given)


def one_of_each(municipality: Municipality, **given: Any) -> dict[type[models.Model], Any]:
    """A record of every kind, these and all that they name with every field filled."""
    return {kind.model: make_kind(kind, municipality, around=True, **given) for kind in all_kinds()}


def post_data(kind: RecordKind, values: Values) -> dict[str, Any]:
    """What a browser sends when the form of the kind is filled with these values."""
    data: dict[str, Any] = {}
    for name in kind.field_names():
        data |= sent(kind.model._meta.get_field(name), name, values.get(name))
    return data


def sent(field: Any, name: str, value: Any) -> dict[str, Any]:
    """One field as it is sent; empty ones as an empty text, files and unticked boxes not at all."""
    if isinstance(field, VagueDateField):
        return {f"{name}_{part}": text for part, text in parts_of(value).items()}
    if field.many_to_many:
        return {name: [str(target.pk) for target in value or []]}
    if isinstance(field, models.BooleanField):
        return {name: "on"} if value else {}
    if isinstance(field, models.FileField):
        return {name: value} if value else {}
    if value is None:
        return {name: ""}
    if field.is_relation:
        return {name: str(value.pk)}
    return {name: str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)}


def stored_values(kind: RecordKind, record: Any) -> Values:
    """The values of a stored record, for sending them again; without the file."""
    values: Values = {}
    for name in kind.field_names():
        field = kind.model._meta.get_field(name)
        if field.many_to_many:
            values[name] = list(getattr(record, name).all())
        elif not isinstance(field, models.FileField):
            values[name] = getattr(record, name)
    return values


def change_of(kind: RecordKind) -> tuple[str, str]:
    """The field that is changed, the title before other texts and numbers, and its new value."""
    fields = [kind.model._meta.get_field(name) for name in kind.field_names()]
    chosen = dict(kind.chosen)
    plain = [f for f in fields if type(f).__name__ in PLAIN and not f.choices and f.name not in chosen]
    texts = [field for field in plain if isinstance(field, models.CharField | models.TextField)]
    field = next((field for field in plain if field.name == kind.title_field), (texts or plain)[0])
    number = "2019" if field.name.endswith("year") else "7"
    return field.name, f"Geändert {kind.name}" if field in texts else number
