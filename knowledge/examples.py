"""Example sentences under labels, and how near a message comes to each label."""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.embedding import Embedder, Vectors


class Examples:
    """Labelled example sentences with their embeddings."""

    def __init__(self, by_label: Mapping[str, Sequence[str]], embedder: Embedder) -> None:
        """Embed every example, all in one batch."""
        self.labels = tuple(by_label)
        self._sentences = [sentence for label in self.labels for sentence in by_label[label]]
        counts = [len(by_label[label]) for label in self.labels]
        self._starts = np.cumsum([0, *counts])[:-1]
        self._vectors = embedder.encode_many(self._sentences)
        self._embedder = embedder

    def nearness(self, texts: Sequence[str]) -> Vectors:
        """Give each text's similarity to its nearest example under each label.

        :return: an array of shape (texts, labels), cosines from -1 to 1.
        """
        similarity = self._embedder.encode(texts) @ self._vectors.T
        nearest: Vectors = np.maximum.reduceat(similarity, self._starts, axis=1)
        return nearest
