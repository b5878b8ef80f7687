"""The descriptions of all kinds of records of funding; importing this package registers them.

The order of the imports is the order of the navigation inside a phase.
"""

from funding.kinds import applications, budget, calls, catalogue, decisions, grants, payments, proofs
