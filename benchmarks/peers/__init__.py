"""The systems that are measured side by side.

Each module has `build(texts, embedded, embedder)`, which gives a function from a question to the
best ten texts, each with its score. All share one embedding model, and what it made
of all texts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.sets import Text
from knowledge.search.embedding import Embedder, Vectors
from knowledge.search.pieces import Pieces


@dataclass(frozen=True)
class Found:
    """A text that was found, and its score on the system's own scale."""

    id: str
    score: float


Search = Callable[[str], list[Found]]


@dataclass(frozen=True)
class EmbeddedTexts:
    """What the embedding model made of the texts of a set.

    :param vectors: of each text as `whole` gives it, and as `texts_to_embed` does.
    :param pieces: the word pieces of each text as our index reads it.
    """

    vectors: Mapping[str, Vectors]
    pieces: Mapping[str, Pieces]


Build = Callable[[Sequence[Text], EmbeddedTexts, Embedder], Search]


def whole(text: Text) -> str:
    """Give what every system embeds and indexes of a text: the title, then the body."""
    return f"{text.title}\n{text.body}"
