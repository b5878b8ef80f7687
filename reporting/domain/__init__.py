"""Rules of reporting that need more than one row; the only writes of reports are plans and their texts."""
