"""HTML: a page's tree read by what its elements mean."""

from knowledge.documents.readers.html.page import blocks_of, read_html

__all__ = ["blocks_of", "read_html"]
