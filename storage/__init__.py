"""Rows: the tables, the one door to the database, and every named query."""
