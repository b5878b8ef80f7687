"""The annual plan: content, check, life, frozen editions, comparison, edition of all plans."""
