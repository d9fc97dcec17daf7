"""The gallery: every component of the look on one page. Words and instants are samples, nothing is read."""
