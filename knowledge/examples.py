"""Example sentences under labels, and how near a message comes to each label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from knowledge.embedding import Embedder


class Examples:
    """Labelled example sentences with their embeddings."""

    def __init__(self, by_label: Mapping[str, Sequence[str]], embedder: Embedder) -> None:
        """Embed every example, all in one batch."""
        self.labels = tuple(by_label)
        self._sentences = [sentence for label in self.labels for sentence in by_label[label]]
        counts = [len(by_label[label]) for label in self.labels]
        self._starts = np.cumsum([0, *counts])[:-1]
        self._vectors = embedder.encode(self._sentences)
        self._embedder = embedder

    def nearness(self, texts: Sequence[str]) -> np.ndarray:
        """Give each text's similarity to its nearest example under each label.

        :return: an array of shape (texts, labels), cosines from -1 to 1.
        """
        similarity = self._embedder.encode(texts) @ self._vectors.T
        return np.maximum.reduceat(similarity, self._starts, axis=1)
