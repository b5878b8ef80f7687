import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.text import sort_key


def put_in_order(apps, schema_editor):
    """Municipalities that exist get the key of their name."""
    for municipality in apps.get_model("accounts", "Municipality").objects.all():
        municipality.sort_key = sort_key(municipality.name)
        municipality.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="sort_key",
            field=models.CharField(blank=True, default="", editable=False, max_length=200),
        ),
        migrations.AlterModelOptions(
            name="municipality",
            options={"ordering": ["sort_key"], "verbose_name": "Kommune", "verbose_name_plural": "Kommunen"},
        ),
        migrations.RunPython(put_in_order, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="eingeladen am"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="gilt bis")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="angenommen am")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="zurückgezogen am")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="eingeladen von",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={"verbose_name": "Einladung", "verbose_name_plural": "Einladungen", "ordering": ["pk"]},
        ),
    ]
