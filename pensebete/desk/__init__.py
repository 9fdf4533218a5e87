"""The advisor's side: the dossiers of many enterprises, as they come in, in the order in which to call."""
