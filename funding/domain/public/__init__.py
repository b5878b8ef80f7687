"""Applications without an account: drafts, answers, codes."""
