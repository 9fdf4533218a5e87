"""The advisor's side: many dossiers at once, in the order in which to call, and what to ask each of them."""
