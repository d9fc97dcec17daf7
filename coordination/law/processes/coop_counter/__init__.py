"""Unified counterpart link (统一对口衔接机制)."""
