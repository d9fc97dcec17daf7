"""The Office's registers: one definition each, read from the record."""
