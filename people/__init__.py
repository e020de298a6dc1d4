"""The work of people: cases and feedback. No HTTP here."""
