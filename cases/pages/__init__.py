"""What a page shows, made ready for its template: a file a page."""
