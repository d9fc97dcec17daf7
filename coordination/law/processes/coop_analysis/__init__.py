"""Joint analysis (业务研判)."""
