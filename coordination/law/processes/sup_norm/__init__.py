"""Carry out supervision in a standard way (规范开展监督工作)."""
