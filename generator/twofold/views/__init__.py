"""Page models: for each page a frozen value with all that its template prints, and the function for it."""
