"""Small parts of a page that know nothing of the visit."""
