"""The database: SQLAlchemy Core over aiosqlite; implements handlers/ports.py."""
