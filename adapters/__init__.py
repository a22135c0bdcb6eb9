"""Doors: where people, platforms and operators meet the engine."""
