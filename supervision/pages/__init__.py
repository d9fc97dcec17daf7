"""What a page of the top floor shows, made ready for its template: a file a page."""
