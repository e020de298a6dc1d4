"""What a walk over a page gives."""

from knowledge.documents.blocks import Block, BlockKind, LeftOut

Part = Block | LeftOut
# Lines of text that join the item, the definition or the note around them.
LINES: frozenset[BlockKind] = frozenset({"paragraph", "quote", "note", "caption"})
