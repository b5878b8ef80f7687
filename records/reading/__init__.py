"""Reading files that somebody uploads, in confined processes and within limits (docs/adr/0028).

``packages``, ``sheets`` and ``pictures`` run there and know neither Django nor records; ``service`` is the way to them.
"""
