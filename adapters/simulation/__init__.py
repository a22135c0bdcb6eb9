"""Simulated people who live with the real engine under a moved clock."""
