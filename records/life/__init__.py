"""The life of a record: its states, the steps between them and who may take them (docs/a-records-life.md)."""
