"""Models of bodies and participation, in topical files."""

from participation.models.advice import Hint, HintStep
from participation.models.bodies import AgendaItem, Body, BodyMembership, Decision, Session, Task
from participation.models.events import (
    Event,
    EventAttendance,
    Finding,
    FreeText,
    NetworkEvent,
    SupportRecord,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
)
from participation.models.exchange import (
    Experience,
    ExperienceStep,
    NetworkDocument,
    NetworkRegistration,
    Question,
    QuestionPost,
)
from participation.models.gaps import DataGap
from participation.models.open_surveys import OpenSurvey, SurveyReply
from participation.models.resolutions import Consultation, Resolution
from participation.models.sign_ups import SignUp

__all__ = [
    "AgendaItem",
    "Body",
    "BodyMembership",
    "Consultation",
    "DataGap",
    "Decision",
    "Event",
    "EventAttendance",
    "Experience",
    "ExperienceStep",
    "Finding",
    "FreeText",
    "Hint",
    "HintStep",
    "NetworkDocument",
    "NetworkEvent",
    "NetworkRegistration",
    "OpenSurvey",
    "Question",
    "QuestionPost",
    "Resolution",
    "Session",
    "SignUp",
    "SupportRecord",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyReply",
    "Task",
]
