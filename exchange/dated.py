"""What a demonstration writes bears the days of its story, not the one on which it is loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from simple_history.signals import post_create_historical_record, pre_create_historical_record

from records.models import Record

BERLIN = ZoneInfo("Europe/Berlin")
CREATED = "+"


def at_ten(day: date) -> datetime:
    """Ten o'clock of a day in Berlin."""
    return datetime(day.year, day.month, day.day, 10, 0, tzinfo=BERLIN)


@contextmanager
def written_on(day: date) -> Iterator[None]:
    """Records that are saved inside, and their rows in the history, were written at ten of that day."""
    moment = at_ten(day)

    def when(history_instance: Any) -> dict[str, datetime]:
        names = ("changed_at", "created_at") if history_instance.history_type == CREATED else ("changed_at",)
        return dict.fromkeys(names, moment)

    def date_history(sender: Any, instance: Any, history_instance: Any, **kwargs: Any) -> None:
        history_instance.history_date = moment
        for name, value in when(history_instance).items():
            setattr(history_instance, name, value)

    def date_record(sender: Any, instance: Any, history_instance: Any, **kwargs: Any) -> None:
        if isinstance(instance, Record):
            type(instance)._base_manager.filter(pk=instance.pk).update(**when(history_instance))

    pre_create_historical_record.connect(date_history)
    post_create_historical_record.connect(date_record)
    try:
        yield
    finally:
        pre_create_historical_record.disconnect(date_history)
        post_create_historical_record.disconnect(date_record)
