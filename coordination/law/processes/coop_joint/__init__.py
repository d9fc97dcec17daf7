"""Joint supervised handling (联合督办机制)."""
