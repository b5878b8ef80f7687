"""Barriers that people report from the pages of the portal; they belong to no municipality."""

from django.db import models

from overview.enums import BarrierState


class BarrierReport(models.Model):
    """What hindered somebody where; open until the administration has answered it."""

    page = models.CharField("Seite", max_length=500, blank=True)
    description = models.TextField("Was hindert Sie?", max_length=5000)
    contact = models.CharField("Antwort an", max_length=200, blank=True)
    state = models.CharField("Stand", max_length=8, choices=BarrierState.choices, default=BarrierState.OPEN)
    note = models.TextField("Vermerk", max_length=5000, blank=True)
    created_at = models.DateTimeField("gemeldet am", auto_now_add=True)
    changed_at = models.DateTimeField("geändert am", auto_now=True)

    class Meta:
        verbose_name = "Gemeldete Barriere"
        verbose_name_plural = "Gemeldete Barrieren"
        ordering = ["-state", "-created_at"]

    def __str__(self) -> str:
        return f"Meldung {self.pk}"
