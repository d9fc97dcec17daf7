"""What people fill in, made from the fields that the law declares."""
