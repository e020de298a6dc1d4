"""Benchmarks: what is measured, and against whom."""
