"""The lives of all models. Rooms register theirs when Django starts."""

from django.db import models

from records.life.table import Life
from records.models.guard import register_guard

_lives: dict[type[models.Model], Life] = {}


def register_life(life: Life) -> None:
    """From now on the model's records move along this life, and saving obeys its lock."""
    register_guard(life.model, life.guard())
    for part, through in life.parts:
        register_guard(part, life.guard(through))
    _lives[life.model] = life


def life_of(model: type[models.Model]) -> Life:
    """The life of a model. Raises KeyError where it has none."""
    return _lives[model]


def find_life(model: type[models.Model]) -> Life | None:
    """The life of a model, or None."""
    return _lives.get(model)
