"""The pytest plugin named in pyproject.toml."""
