"""Columns that many kinds have, with their limits: said once, so that all of them mean and refuse the same."""

import re
from calendar import monthrange
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models

LONG_TEXT = 20_000  # characters; about seven printed pages
LEAP_YEAR = 2024  # has every day that there is
MANY = MaxValueValidator(1_000_000)  # more people or answers than any municipality has


def long_text(label: str, **options: Any) -> "models.TextField[str, str]":
    """An optional text of several paragraphs, limited so that no page or PDF can be flooded."""
    options.setdefault("blank", True)
    return models.TextField(label, max_length=LONG_TEXT, validators=[MaxLengthValidator(LONG_TEXT)], **options)


class HeldByFields(models.CheckConstraint):
    """A rule of the database that the validators of its fields say too: forms do not ask the database once more.

    In a migration it is an ordinary CheckConstraint.
    """

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The fields have said it."""

    def deconstruct(self) -> Any:
        _, args, options = super().deconstruct()
        return "django.db.models.CheckConstraint", args, options


def euro(label: str, **options: Any) -> "models.DecimalField[Any, Any]":
    """An optional amount in euro and cents, not below zero."""
    return models.DecimalField(
        label, max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)], **options
    )


def count_of(label: str, **options: Any) -> "models.PositiveIntegerField[Any, Any]":
    """An optional whole number of people, answers or votes."""
    return models.PositiveIntegerField(label, null=True, blank=True, validators=[MANY], **options)


def day_of_year(label: str, **options: Any) -> "models.CharField[str, str]":
    """An optional day that is the same in every year, as „31.03.“; ``month_and_day`` reads it."""
    options.setdefault("help_text", "Tag und Monat, zum Beispiel 31.03.")
    return models.CharField(label, max_length=6, blank=True, validators=[check_day_of_year], **options)


def month_and_day(text: str) -> tuple[int, int] | None:
    """(3, 31) of „31.03.“, None of an empty text. Raises ValidationError."""
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{1,2})\. ?([0-9]{1,2})\.?", text.strip())
    day, month = map(int, found.groups()) if found else (0, 0)
    if not (1 <= month <= 12 and 1 <= day <= monthrange(LEAP_YEAR, month)[1]):
        raise ValidationError("Nennen Sie Tag und Monat, zum Beispiel 31.03.")
    return month, day


def check_day_of_year(text: str) -> None:
    """Raises ValidationError where there is no such day."""
    month_and_day(text)


def calendar_year(label: str, *, first: int = 2000, **options: Any) -> "models.PositiveSmallIntegerField[Any, Any]":
    """A calendar year."""
    limits = [MinValueValidator(first), MaxValueValidator(2100)]
    return models.PositiveSmallIntegerField(label, validators=limits, **options)
