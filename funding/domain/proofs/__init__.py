"""Proofs of use and the claims that follow from them."""
