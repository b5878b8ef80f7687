"""The yearly reports: Sachbericht and Familienbericht of a municipality, Landesbericht of the ministry.

They print what is recorded. Contents are frozen values built from the records, as those of the plan are.
"""
