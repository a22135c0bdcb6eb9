"""Members: their settings, pauses, and what Grove holds of them."""
