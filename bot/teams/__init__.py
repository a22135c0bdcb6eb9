"""Channels: their packs and rhythm, invitations, and who leads them."""
