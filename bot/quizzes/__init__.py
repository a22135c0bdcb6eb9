"""Quizzes: what is asked again, when, and what an answer is worth."""
