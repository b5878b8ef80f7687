"""Open data of published plans: files and a catalogue in DCAT-AP.de, made of frozen editions alone (docs/adr/0058)."""
