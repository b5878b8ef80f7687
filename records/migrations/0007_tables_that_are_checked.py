from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0006_discarded_drafts")]

    operations = [
        migrations.AlterField(
            model_name="tableimport",
            name="state",
            field=models.CharField(
                choices=[
                    ("checking", "wird geprüft"),
                    ("seen", "wartet auf Bestätigung"),
                    ("queued", "wartet"),
                    ("running", "läuft"),
                    ("done", "übernommen"),
                    ("refused", "nicht übernommen"),
                ],
                default="seen",
                max_length=8,
            ),
        ),
    ]
