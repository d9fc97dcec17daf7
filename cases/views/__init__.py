"""The pages of the record: a view reads input, calls one verb and chooses a response."""
