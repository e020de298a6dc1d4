"""Markdown: turned into HTML as the tools that publish it do, and read as HTML."""

from knowledge.documents.readers.markdown.reader import read_markdown

__all__ = ["read_markdown"]
