"""What editions are made of, a file a section."""
