"""Pictures of one municipality's records: timeline, red thread, coverage, figures, participation."""
