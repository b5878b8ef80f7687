import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0007_tables_that_are_checked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(model_name="tableimport", name="source", field=models.JSONField(default=list)),
        migrations.AddField(model_name="tableimport", name="said", field=models.JSONField(default=dict)),
        migrations.CreateModel(
            name="ColumnChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                ("heads", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=dict)),
                ("used_at", models.DateTimeField(auto_now=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Zuordnung von Spalten",
                "verbose_name_plural": "Zuordnungen von Spalten",
                "constraints": [
                    models.UniqueConstraint(fields=["user", "kind", "heads"], name="records_columnchoice_once_per_heads")
                ],
            },
        ),
    ]
