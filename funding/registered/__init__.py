"""What funding adds to the pages of the rooms below."""

from funding.registered import cases, decisions, proofs
