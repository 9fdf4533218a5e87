"""What each page shows, a folder a page."""
