"""What can be wrong with the database; apart, so that naming it doesn't import SQLAlchemy."""


class StorageError(Exception):
    """The database can't be used; the message says why and what to do. It is never changed or removed."""
