"""The descriptions of all kinds of records of planning; importing this package registers them.

The order of the imports is the order of the navigation inside a phase.
"""

# isort: off
from planning.kinds import cycle
from planning.kinds import start
from planning.kinds import inventory
from planning.kinds import figures
from planning.kinds import needs
from planning.kinds import goals
from planning.kinds import measures
from planning.kinds import controlling
from planning.kinds import catalogue
from planning.kinds import rules
