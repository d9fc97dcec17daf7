"""Secure the effect of supervision (保障监督效果)."""
