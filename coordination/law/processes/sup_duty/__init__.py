"""Perform supervisory duties (依法履行监督职责)."""
