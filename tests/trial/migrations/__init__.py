"""Tables of the trial, after those of the rooms they refer to."""
