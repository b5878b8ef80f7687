"""Money: budget, state grant, calls, applications, decisions, payments, proofs."""
