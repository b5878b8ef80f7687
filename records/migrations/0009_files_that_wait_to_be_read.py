from django.db import migrations, models

STATES = [
    ("reading", "wird gelesen"),
    ("checking", "wird geprüft"),
    ("seen", "wartet auf Bestätigung"),
    ("queued", "wartet"),
    ("running", "läuft"),
    ("done", "übernommen"),
    ("refused", "nicht übernommen"),
]


class Migration(migrations.Migration):
    dependencies = [("records", "0008_tables_of_others")]

    operations = [
        migrations.AddField(model_name="tableimport", name="upload", field=models.BinaryField(null=True)),
        migrations.AddField(model_name="tableimport", name="is_pasted", field=models.BooleanField(default=False)),
        migrations.AlterField(
            model_name="tableimport",
            name="state",
            field=models.CharField(choices=STATES, default="seen", max_length=8),
        ),
    ]
