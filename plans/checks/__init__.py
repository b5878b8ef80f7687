"""The consistency check of a plan (Plausibilitätsprüfung): which gaps it has, and where each is mended.

What is checked stands in ``rules.py``, one line for each rule. What blocks the release is the programme's setting
(planning.models.CheckRule). Findings are sentences, never a score.
"""

from plans.checks.findings import CheckFinding, CheckReport, Passed, blocking_of, check_plan, findings_of, openable

__all__ = ["CheckFinding", "CheckReport", "Passed", "blocking_of", "check_plan", "findings_of", "openable"]
