"""Drafts of documents: what editors prepare before it is published."""
