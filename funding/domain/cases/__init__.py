"""Applications of Träger: their life, conditions, numbers, check list and advice."""
