"""The tests. `make check` runs them; docs/operations.md says how to run some of them."""
