"""Information sharing (信息共享)."""
