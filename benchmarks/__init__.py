"""Benchmarks: what is measured, and against whom."""

LONG = 25  # words; a question with more is a story, and is timed apart
