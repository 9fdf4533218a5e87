"""What the tests, the bench and the tools share: a server of the app, a browser, a PostgreSQL server."""
