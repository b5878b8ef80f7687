"""What nobody came back to for a month goes: drafts, tables that were never confirmed, ways back of actions."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from records.models import Batch, FormDraft, TableImport

STAMP = {FormDraft: "changed_at", TableImport: "created_at", Batch: "created_at"}


def test_what_is_a_month_old_is_cleared(cast):
    kept = {}
    for model, stamp in STAMP.items():
        for days in (31, 29):
            row = model.objects.create(user=cast.planner, municipality=cast.home)
            model.objects.filter(pk=row.pk).update(**{stamp: timezone.now() - timedelta(days=days)})
        kept[model] = [row.pk]
    out = StringIO()
    call_command("clear_drafts", stdout=out)
    assert {model: list(model.objects.values_list("pk", flat=True)) for model in STAMP} == kept
    assert "Entwürfe: 1" in out.getvalue()
