"""How words are written: catalogues, numbers, dates, French typography; what a screen, a terminal or paper takes."""
