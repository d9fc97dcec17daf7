"""Documents: what they say, how they are set, numbered and kept."""
