"""The pages of the top floor: a view reads the input, asks one read model or verb, and chooses the page."""
