"""The versions of the tables, in `versions/`; each works with the code before it and the code after it."""

REVISIONS = ("0001",)
"""Every version, oldest first: what a start needs to know without loading Alembic."""
