"""The descriptions of all kinds of records of participation; importing this package registers them.

The order of the imports is the order of the navigation inside a phase.
"""

from participation.kinds import bodies, events, exchange, gaps, hints, resolutions
