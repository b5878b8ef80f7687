"""Other checks of money: the two that reckoned shares of all costs go, with what was set about them."""

from typing import Any

from django.db import migrations, models

GONE = ("rows_over_limit", "total_over_limit")


def forget(apps: Any, schema_editor: Any) -> None:
    """Their settings; the history keeps them."""
    apps.get_model("planning", "CheckRule").objects.filter(code__in=GONE).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0016_money_rules'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='checkrule',
            name='code',
            field=models.CharField(choices=[('fields_without_statement', 'Handlungsfelder ohne Aussage'), ('figures_outdated', 'Ältere Kennzahlen'), ('needs_without_evidence', 'Bedarfe ohne Beleg'), ('needs_without_goal', 'Bedarfe ohne Ziel'), ('goals_without_measure', 'Ziele ohne Maßnahme'), ('measures_without_reason', 'Maßnahmen ohne Ziel und Bedarf'), ('measures_without_money', 'Maßnahmen ohne Kosten'), ('year_without_budget', 'Planjahr ohne Finanzplan'), ('grant_over_maximum', 'Landesmittel über dem Höchstbetrag'), ('grant_over_share', 'Landesmittel über dem Anteil'), ('municipal_share_low', 'Anteil der Kommune zu klein'), ('lines_without_source', 'Posten ohne Quelle'), ('lines_not_running', 'Posten von Maßnahmen, die nicht laufen'), ('measures_without_criterion', 'Maßnahmen ohne Qualitätskriterium'), ('resolution', 'Beschluss fehlt'), ('contradictions', 'Angaben, die nicht zusammenpassen'), ('chapters_empty', 'Kapitel ohne Text und Einträge'), ('text_marks', 'Zeichen im Text, die nichts bewirken'), ('targets_missed', 'Nicht erreichte Zielwerte ohne Anmerkung'), ('statements_open', 'Offene Angaben')], max_length=40, verbose_name='Prüfung'),
        ),
        migrations.AlterField(
            model_name='historicalcheckrule',
            name='code',
            field=models.CharField(choices=[('fields_without_statement', 'Handlungsfelder ohne Aussage'), ('figures_outdated', 'Ältere Kennzahlen'), ('needs_without_evidence', 'Bedarfe ohne Beleg'), ('needs_without_goal', 'Bedarfe ohne Ziel'), ('goals_without_measure', 'Ziele ohne Maßnahme'), ('measures_without_reason', 'Maßnahmen ohne Ziel und Bedarf'), ('measures_without_money', 'Maßnahmen ohne Kosten'), ('year_without_budget', 'Planjahr ohne Finanzplan'), ('grant_over_maximum', 'Landesmittel über dem Höchstbetrag'), ('grant_over_share', 'Landesmittel über dem Anteil'), ('municipal_share_low', 'Anteil der Kommune zu klein'), ('lines_without_source', 'Posten ohne Quelle'), ('lines_not_running', 'Posten von Maßnahmen, die nicht laufen'), ('measures_without_criterion', 'Maßnahmen ohne Qualitätskriterium'), ('resolution', 'Beschluss fehlt'), ('contradictions', 'Angaben, die nicht zusammenpassen'), ('chapters_empty', 'Kapitel ohne Text und Einträge'), ('text_marks', 'Zeichen im Text, die nichts bewirken'), ('targets_missed', 'Nicht erreichte Zielwerte ohne Anmerkung'), ('statements_open', 'Offene Angaben')], max_length=40, verbose_name='Prüfung'),
        ),
    ]
