"""Guidance as documents and passages, and the readers that make them from files."""
