from django.db import migrations

from records.order import OrderedAnew


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [migrations.RunPython(OrderedAnew("plans"), migrations.RunPython.noop)]
