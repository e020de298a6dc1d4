"""The text of a draft, as editors change it: blocks as Markdown, and that Markdown as blocks again.

It is Markdown of our own: each is the other's inverse, so what an editor leaves alone stays as it
was read. Files of others have the reader of `readers.markdown`, which knows what many tools write.

`[page 49]` on a line of its own says that what follows begins on that page. `[note]`, `[caption]`
and `[definition]` open a line that is one; headings, lists, tables and quotations are Markdown's.
"""

from knowledge.documents.edited.reader import Edited, read_edited
from knowledge.documents.edited.writer import write_edited

__all__ = ["Edited", "read_edited", "write_edited"]
