"""What of reports waits: those that a second person is to release."""

from django.db.models import CharField, Value

from accounts.enums import Action
from records.waiting import Source, tell_record
from reporting.enums import ReportState
from reporting.models import Report

SOURCES = (
    Source(
        "report-to-release",
        lambda: Report.objects.filter(state=ReportState.PROPOSED),
        tell_record(Report, "Freigeben?", page="detail"),
        rights=(Action.RELEASE,),
        since="changed_at",
        note=Value("liegt zur Freigabe vor", output_field=CharField()),
        group="Freigaben",
        position=1,
    ),
)
