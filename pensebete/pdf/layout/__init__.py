"""Where things stand on paper: pages, tables, symbols, styles, lines."""
