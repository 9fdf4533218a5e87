"""What the files are made of, as tables of plain values."""
