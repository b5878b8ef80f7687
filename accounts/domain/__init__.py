"""Rules of accounts; every write goes through here."""
