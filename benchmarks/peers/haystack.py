"""Haystack's documented hybrid: BM25 and embedding retrievers, joined by reciprocal rank fusion."""

from collections.abc import Sequence

from benchmarks.peers import EmbeddedTexts, Found, Search, whole
from benchmarks.sets import DEPTH, Text
from knowledge.search.embedding import Embedder

_EACH = 100  # what each retriever hands to the joiner; Haystack's own default is 10


def build(texts: Sequence[Text], embedded: EmbeddedTexts, embedder: Embedder) -> Search:
    """Make the pipeline and write the texts into its in-memory store."""
    from haystack import Document, Pipeline, component
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    @component
    class Embed:
        """The shared embedding model as a component."""

        @component.output_types(embedding=list[float])
        def run(self, text: str) -> dict[str, list[float]]:
            return {"embedding": embedder.encode([text])[0].tolist()}

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [
            Document(
                id=text.id, content=whole(text), embedding=embedded.vectors[whole(text)].tolist()
            )
            for text in texts
        ]
    )
    pipeline = Pipeline()
    pipeline.add_component("embed", Embed())
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=_EACH))
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=_EACH))
    pipeline.add_component("join", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH))
    pipeline.connect("embed.embedding", "dense.query_embedding")
    pipeline.connect("dense", "join")
    pipeline.connect("words", "join")

    def search(question: str) -> list[Found]:
        result = pipeline.run({"embed": {"text": question}, "words": {"query": question}})
        return [Found(each.id, each.score or 0.0) for each in result["join"]["documents"]]

    return search
