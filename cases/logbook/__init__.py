"""The investigation log: entries, their corrections, and the steps and events they are the log of."""
