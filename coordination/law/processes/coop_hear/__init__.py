"""Hearing opinions in major and difficult cases (听取意见机制)."""
