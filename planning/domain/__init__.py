"""Rules across rows and over time; every write of a record goes through here."""
