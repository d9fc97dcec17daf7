"""Joint training and common standards (同堂培训与统一标准)."""
