from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_number_series")]

    operations = [
        migrations.AddField("submissionkey", "sent", models.CharField(db_index=True, default="", max_length=64)),
        migrations.AddField("submissionkey", "target", models.CharField(default="", max_length=500)),
    ]
