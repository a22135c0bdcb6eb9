"""Home: what today holds, and what one can do here."""
