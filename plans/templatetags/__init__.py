"""Tags of the plan's templates."""
