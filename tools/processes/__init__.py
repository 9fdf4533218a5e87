"""Several processes of the app on this machine, and nginx in front of them: `WORKERS=n make run`."""
