"""What strangers send to slow everybody down, and what it does to somebody else: `make siege`."""
