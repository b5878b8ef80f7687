"""What of money is open, and who acts: sources of „Wartet auf Sie“ and of „Offene Geldsachen“."""
