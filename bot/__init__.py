"""The application: the only folder that knows chat platforms and the database."""
