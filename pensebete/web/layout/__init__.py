"""What stands around every page, and the browser's side of it."""
