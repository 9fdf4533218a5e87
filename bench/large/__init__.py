"""A million saved dossiers, and what is done with them."""
