"""Guidance documents, their index, and answers quoted from them."""
