"""The systems that are measured side by side.

Each module has `build(texts, vectors, embedder)`, which gives a function from a question to the
identifiers of the best ten texts. All share one embedding model, and the vectors of all texts.
"""

from collections.abc import Callable, Mapping, Sequence

from benchmarks.sets import Text
from knowledge.embedding import Embedder, Vectors

Search = Callable[[str], list[str]]
Build = Callable[[Sequence[Text], Mapping[str, Vectors], Embedder], Search]


def whole(text: Text) -> str:
    """Give what every system embeds and indexes of a text: the title, then the body."""
    return f"{text.title}\n{text.body}"
