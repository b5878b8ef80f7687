"""The rules of money: greatest grants in cents, and what is asked about proofs and interest."""

from decimal import Decimal
from typing import Any

import django.core.validators
import records.fields
from django.db import migrations, models

BOTH = ("fundingrule", "historicalfundingrule")


def take_over(apps: Any, schema_editor: Any) -> None:
    """Every amount as it was read so far, with two places."""
    for name in BOTH:
        model = apps.get_model("planning", name)
        for row in model._base_manager.filter(grant_before__isnull=False):
            amount = row.grant_before.quantize(Decimal("0.01"))
            model._base_manager.filter(pk=row.pk).update(maximum_grant=amount)


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0015_release_by_author"),
    ]

    operations = [
        migrations.RemoveConstraint("fundingrule", "planning_fundingrule_limits"),
        *(migrations.RenameField(model, "maximum_grant", "grant_before") for model in BOTH),
        *(
            migrations.AddField(
                model,
                "maximum_grant",
                records.fields.EuroField(blank=True, null=True, verbose_name="Höchstbetrag der Zuwendung (Euro)"),
            )
            for model in BOTH
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop, elidable=True),
        *(migrations.RemoveField(model, "grant_before") for model in BOTH),
        migrations.AddConstraint(
            "fundingrule",
            models.CheckConstraint(
                condition=(
                    models.Q(maximum_share__isnull=True) | models.Q(maximum_share__gte=0, maximum_share__lte=100)
                )
                & (models.Q(maximum_grant__isnull=True) | models.Q(maximum_grant__gte=0)),
                name="planning_fundingrule_limits",
                violation_error_message=(
                    "Geben Sie den Anteil zwischen 0 und 100 Prozent und den Höchstbetrag als Betrag ab 0 an."
                ),
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="day_count",
            field=models.CharField(
                blank=True,
                choices=[("365", "365 Tage"), ("actual", "tatsächliche Tage des Jahres"), ("360", "360 Tage")],
                help_text="Annahme: 365 Tage.",
                max_length=6,
                verbose_name="Tage eines Zinsjahres",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="interest_from",
            field=models.CharField(
                blank=True,
                choices=[("payment", "ab der Auszahlung"), ("deadline", "ab Ablauf der Frist")],
                help_text="Annahme: ab der Auszahlung.",
                max_length=8,
                verbose_name="Zinsen laufen",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="interest_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("base", "Punkte über dem Basiszinssatz"),
                    ("fixed", "fester Zinssatz"),
                    ("none", "keine Zinsen"),
                ],
                help_text="Annahme nach § 49a VwVfG; der Wortlaut für Thüringen ist nicht geprüft.",
                max_length=10,
                verbose_name="Art der Verzinsung",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="interest_points",
            field=records.fields.ShareField(
                blank=True,
                help_text="Annahme: 5 Punkte über dem Basiszinssatz; andere Länder nehmen 3 %.",
                null=True,
                verbose_name="Zinssatz oder Punkte über dem Basiszinssatz",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="min_municipal_share",
            field=records.fields.ShareField(
                blank=True,
                help_text="Veröffentlicht sind mindestens 30 %. Ob andere Deckungsmittel zählen, ist eine Annahme.",
                null=True,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="Anteil der Kommune mindestens (Prozent)",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="minor_amount",
            field=records.fields.EuroField(
                blank=True,
                help_text="Darunter schlägt das Portal vor zu verzichten; ein Mensch entscheidet. Annahme.",
                null=True,
                verbose_name="Bagatellgrenze (Euro)",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="overrun_percent",
            field=records.fields.ShareField(
                blank=True,
                help_text="Üblich sind 20 %, wenn an anderer Stelle gespart wird (ANBest-P Nr. 1.2; für Thüringen Annahme).",
                null=True,
                verbose_name="Überschreitung einzelner Ansätze bis (Prozent)",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="proof_due_months",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Üblich sind 6, für Gebietskörperschaften 12 Monate (ANBest-P 6.1, ANBest-Gk 5.4; Annahme).",
                null=True,
                validators=[django.core.validators.MaxValueValidator(60)],
                verbose_name="Nachweis fällig nach (Monate)",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="retention_years",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Üblich sind mindestens 5 Jahre (Nr. 6 ANBest-P).",
                null=True,
                validators=[django.core.validators.MaxValueValidator(30)],
                verbose_name="Belege aufbewahren (Jahre)",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="share_base",
            field=models.CharField(
                blank=True,
                choices=[("all", "alle zuwendungsfähigen Ausgaben"), ("state_and_municipal", "Land und Kommune")],
                help_text="Annahme: alle zuwendungsfähigen Ausgaben. Der Finanzplan zeigt immer beide Anteile.",
                max_length=20,
                verbose_name="Die Anteile beziehen sich auf",
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="use_unit",
            field=models.CharField(
                blank=True, choices=[("months", "Monate"), ("days", "Tage")], max_length=8, verbose_name="gezählt in"
            ),
        ),
        migrations.AddField(
            model_name="fundingrule",
            name="use_within",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Üblich sind 2 Monate (VV Bayern 7.2; für Thüringen Annahme).",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(400)],
                verbose_name="Auszahlungen sind zu verwenden binnen",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="day_count",
            field=models.CharField(
                blank=True,
                choices=[("365", "365 Tage"), ("actual", "tatsächliche Tage des Jahres"), ("360", "360 Tage")],
                help_text="Annahme: 365 Tage.",
                max_length=6,
                verbose_name="Tage eines Zinsjahres",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="interest_from",
            field=models.CharField(
                blank=True,
                choices=[("payment", "ab der Auszahlung"), ("deadline", "ab Ablauf der Frist")],
                help_text="Annahme: ab der Auszahlung.",
                max_length=8,
                verbose_name="Zinsen laufen",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="interest_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("base", "Punkte über dem Basiszinssatz"),
                    ("fixed", "fester Zinssatz"),
                    ("none", "keine Zinsen"),
                ],
                help_text="Annahme nach § 49a VwVfG; der Wortlaut für Thüringen ist nicht geprüft.",
                max_length=10,
                verbose_name="Art der Verzinsung",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="interest_points",
            field=records.fields.ShareField(
                blank=True,
                help_text="Annahme: 5 Punkte über dem Basiszinssatz; andere Länder nehmen 3 %.",
                null=True,
                verbose_name="Zinssatz oder Punkte über dem Basiszinssatz",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="min_municipal_share",
            field=records.fields.ShareField(
                blank=True,
                help_text="Veröffentlicht sind mindestens 30 %. Ob andere Deckungsmittel zählen, ist eine Annahme.",
                null=True,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="Anteil der Kommune mindestens (Prozent)",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="minor_amount",
            field=records.fields.EuroField(
                blank=True,
                help_text="Darunter schlägt das Portal vor zu verzichten; ein Mensch entscheidet. Annahme.",
                null=True,
                verbose_name="Bagatellgrenze (Euro)",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="overrun_percent",
            field=records.fields.ShareField(
                blank=True,
                help_text="Üblich sind 20 %, wenn an anderer Stelle gespart wird (ANBest-P Nr. 1.2; für Thüringen Annahme).",
                null=True,
                verbose_name="Überschreitung einzelner Ansätze bis (Prozent)",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="proof_due_months",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Üblich sind 6, für Gebietskörperschaften 12 Monate (ANBest-P 6.1, ANBest-Gk 5.4; Annahme).",
                null=True,
                validators=[django.core.validators.MaxValueValidator(60)],
                verbose_name="Nachweis fällig nach (Monate)",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="retention_years",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Üblich sind mindestens 5 Jahre (Nr. 6 ANBest-P).",
                null=True,
                validators=[django.core.validators.MaxValueValidator(30)],
                verbose_name="Belege aufbewahren (Jahre)",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="share_base",
            field=models.CharField(
                blank=True,
                choices=[("all", "alle zuwendungsfähigen Ausgaben"), ("state_and_municipal", "Land und Kommune")],
                help_text="Annahme: alle zuwendungsfähigen Ausgaben. Der Finanzplan zeigt immer beide Anteile.",
                max_length=20,
                verbose_name="Die Anteile beziehen sich auf",
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="use_unit",
            field=models.CharField(
                blank=True, choices=[("months", "Monate"), ("days", "Tage")], max_length=8, verbose_name="gezählt in"
            ),
        ),
        migrations.AddField(
            model_name="historicalfundingrule",
            name="use_within",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Üblich sind 2 Monate (VV Bayern 7.2; für Thüringen Annahme).",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(400)],
                verbose_name="Auszahlungen sind zu verwenden binnen",
            ),
        ),
    ]
