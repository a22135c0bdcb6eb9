"""Packs and lessons: what there is to learn."""
