"""What was said: an assessment, the ways to add to it, its file, its fields."""
