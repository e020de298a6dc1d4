"""A little guidance for the tests of search and quoting."""

from collections.abc import Mapping, Sequence

from knowledge.documents.document import Document, Passage
from knowledge.language.sentences import split_sentences
from knowledge.search.embedding import Embedder
from knowledge.search.index import Entry, Index, embed_index

GARDEN: Mapping[str, Mapping[str, str]] = {
    "Ponds": {
        "Digging a pond": "Dig a pond at least 60 centimetres deep. It should slope on one side.",
        "Fish": "Goldfish need feeding when it is warm:\n• flakes in spring\n• pellets in summer.",
    },
    "Compost": {
        "What goes in": "Vegetable peelings and grass cuttings rot well. Cooked food brings rats.",
        "Turning the heap": "Turn the heap every month with a fork. This lets in the air.",
    },
    "Greenhouses": {
        "Watering": "Tomatoes under glass want water every morning. Cucumbers want even more.",
    },
}


def entries(guidance: Mapping[str, Mapping[str, str]] = GARDEN) -> list[Entry]:
    """Make one document a title and one passage a heading."""
    made = []
    for title, sections in guidance.items():
        document = Document(title.lower(), title)
        for number, (heading, text) in enumerate(sections.items()):
            passage = Passage(f"{document.id}#{number}", document.id, (heading,), text)
            made.append(Entry(passage, document, split_sentences(text)))
    return made


def index_of(made: Sequence[Entry], embedder: Embedder) -> Index:
    """Index some passages with the real model."""
    return embed_index(made, embedder)
