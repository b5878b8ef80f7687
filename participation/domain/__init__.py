"""Rules of bodies and participation; planning is called from here, never the other way."""
