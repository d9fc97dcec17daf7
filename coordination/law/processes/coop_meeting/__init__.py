"""Joint meeting system (联席会议制度)."""
