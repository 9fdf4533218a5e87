"""What an advisor remarks about a dossier and what is answered: the model, its file, and how two of them become one."""
