"""Models of bodies and participation, in topical files."""

from participation.models.bodies import AgendaItem, Body, BodyMembership, Decision, Resolution, Session, Task
from participation.models.events import (
    Event,
    EventAttendance,
    Finding,
    NetworkEvent,
    SupportRecord,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
)

__all__ = [
    "AgendaItem",
    "Body",
    "BodyMembership",
    "Decision",
    "Event",
    "EventAttendance",
    "Finding",
    "NetworkEvent",
    "Resolution",
    "Session",
    "SupportRecord",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "Task",
]
